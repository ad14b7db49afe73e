using NetSim.Model.Addressing;

namespace NetSim.Capture.Files;

/// <summary>Where packets of a capture were taken. A classic pcap has one, without a name.</summary>
public sealed record CaptureInterface
{
    /// <summary>LINKTYPE number of its packets.</summary>
    public required int LinkType { get; init; }

    /// <summary>"eth0"; empty when the file does not say.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the file says about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The filter that was set, as text.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Its hardware address, if the file says.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Most bytes kept of a packet; 0 is no limit.</summary>
    public long SnapLength { get; init; }

    /// <summary>Resolution and offset of its times.</summary>
    public TimeScale Times { get; init; } = TimeScale.Microseconds;

    /// <summary>The section of the file that declares it, from 0.</summary>
    public int Section { get; init; }

    /// <summary>Packets that the interface says it received, if the file says.</summary>
    public long? Received { get; set; }

    /// <summary>Packets dropped for want of buffers by the system, if the file says.</summary>
    public long? DroppedBySystem { get; set; }

    /// <summary>Packets dropped by the interface, if the file says.</summary>
    public long? DroppedByInterface { get; set; }
}
