using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Sightings;

/// <summary>All that was seen at one point.</summary>
internal sealed class PointBook(ObservationPoint point)
{
    public ObservationPoint Point { get; } = point;

    /// <summary>Flows by key, both directions; a key that is used again has the newest.</summary>
    public Dictionary<FlowKey, SeenFlow> ByKey { get; } = [];

    public List<SeenFlow> Flows { get; } = [];

    public List<SeenDns> Questions { get; } = [];

    public Dictionary<(FlowKey, ushort), SeenDns> OpenQuestions { get; } = [];

    public Dictionary<(IpAddress Asker, IpAddress Target), SeenArp> Arps { get; } = [];

    public Dictionary<(IpAddress, MacAddress), ArpClaim> Claims { get; } = [];

    public Dictionary<(IpAddress, IpAddress, ushort), SeenEcho> Echoes { get; } = [];

    public List<SeenIcmpError> Errors { get; } = [];

    public long Packets { get; set; }
}
