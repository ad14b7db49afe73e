using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Recording;

/// <summary>An interface that is captured, from the first command after it appeared until it goes or the recording ends.</summary>
/// <param name="Name">"veth.db.app", "ctr.db.eth0", "host.up0"; the second of a name has ".2".</param>
/// <param name="Interface">The interface as it was when the capture began.</param>
/// <param name="Place">Where the trace shows it.</param>
/// <param name="From">First instant that is captured.</param>
internal sealed record CapturePoint(string Name, Interface Interface, Place Place, SimTime From)
{
    /// <summary>Its number when the capture began.</summary>
    public int Index { get; } = Interface.Index;

    /// <summary>Its hardware address when the capture began.</summary>
    public MacAddress Mac { get; } = Interface.Mac;

    /// <summary>Number of the other end of its veth pair, or null.</summary>
    public int? PeerIndex { get; } = Interface.Peer?.Index;

    /// <summary>The container it belongs to (or whose other end it is), or null.</summary>
    public string? Container { get; init; }

    /// <summary>Docker's network behind it, or null.</summary>
    public string? Network { get; init; }

    /// <summary>Is it a bridge?</summary>
    public bool IsBridge => Interface.Kind == InterfaceKind.Bridge;

    /// <summary>When it went away; null: it is there at the end.</summary>
    public SimTime? Gone { get; set; }

    /// <summary>Frames captured.</summary>
    public int Packets { get; set; }

    /// <summary>What they count towards a limit.</summary>
    public int Weight { get; set; }

    /// <summary>Is a row of its place at this instant one of its frames?</summary>
    public bool Covers(long time) => time >= From.Nanoseconds && (Gone is not { } g || time <= g.Nanoseconds);
}
