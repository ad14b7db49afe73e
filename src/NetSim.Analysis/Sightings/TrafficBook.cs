using NetSim.Analysis.Reading;
using NetSim.Model.Tracing;

namespace NetSim.Analysis.Sightings;

/// <summary>Remembers of packets what a diagnosis needs: flows, questions and errors at each point where packets were seen, with the numbers of the packets that prove it.
/// Memory grows with flows, up to a bound.</summary>
public sealed class TrafficBook
{
    /// <summary>So many flows, questions and the like are followed, over all points.</summary>
    public const int MostFollowed = 1 << 18;

    private readonly List<PointBook> _points = [];
    private readonly SightingWalk _walk = new();

    /// <summary>Packets so far.</summary>
    public long Packets { get; private set; }

    /// <summary>Is there more than is followed?</summary>
    public bool IsFull => _walk.Followed >= MostFollowed;

    /// <summary>Points where packets were seen.</summary>
    internal IReadOnlyList<PointBook> Points => _points;

    /// <summary>Adds a point.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="place">Which interface of which namespace, where that is known.</param>
    public ObservationPoint AddPoint(string file, Place? place)
    {
        var point = new ObservationPoint(_points.Count, file, place);
        _points.Add(new(point));
        return point;
    }

    /// <summary>Takes a packet, in order of time within its point. One that was seen before at another place of a capture of all interfaces is passed over.</summary>
    /// <param name="point">Where it was seen.</param>
    /// <param name="number">Its number in the file, from 1.</param>
    /// <param name="packet">The packet.</param>
    public void Add(ObservationPoint point, long number, in SeenPacket packet)
    {
        Packets++;
        var book = _points[point.Number];
        book.Packets++;
        if (!packet.IsRepeated) _walk.Take(book, new(point, number, packet.UnixNanoseconds), packet);
    }
}
