namespace NetSim.Model.Tracing;

/// <summary>A forward pass over a trace, in chunks: all that analysis may require.</summary>
public interface ITraceReader
{
    /// <summary>Where events happen; a row's Place is an index into it.</summary>
    IReadOnlyList<Place> Places { get; }

    /// <summary>The bytes of the frames.</summary>
    IPacketStore Packets { get; }

    /// <summary>Number of events.</summary>
    long Count { get; }

    /// <summary>The rows from event <paramref name="from"/> on, as many as lie together; empty at the end.</summary>
    ReadOnlyMemory<TraceRow> Chunk(long from);

    /// <summary>The change that a row of kind <see cref="StepKind.Changed"/> names by A.</summary>
    Change Change(int number);

    /// <summary>The detail that a row names: a <see cref="FilterDetail"/>, <see cref="RouteDetail"/> and so on.</summary>
    object Detail(int number);
}

/// <summary>Frame bytes by frame number: in memory, in a file made by the run, or still lying in the capture.</summary>
public interface IPacketStore
{
    /// <summary>Number of frames.</summary>
    int Count { get; }

    /// <summary>The captured length of a frame, in bytes.</summary>
    int Length(int frame);

    /// <summary>Its length on the wire: more than <see cref="Length"/> when a snap length cut it.</summary>
    int OriginalLength(int frame);

    /// <summary>The link type (LINKTYPE number of pcap) of a frame: 1 is Ethernet.</summary>
    int LinkType(int frame);

    /// <summary>Copies the frame into <paramref name="target"/> (at least <see cref="Length"/> bytes) and returns the number of bytes.</summary>
    int Read(int frame, Span<byte> target);
}
