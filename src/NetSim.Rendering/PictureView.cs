namespace NetSim.Rendering;

/// <summary>What a still shows of a trace.</summary>
public enum PictureView
{
    /// <summary>Host, networks as rooms, containers as cards, and one packet on its way.</summary>
    Map,
    /// <summary>A column for each namespace, an arrow for each packet, downwards in time.</summary>
    Ladder,
    /// <summary>Throughput, events, DNS and the sequence numbers of a TCP connection over time.</summary>
    Timeline,
    /// <summary>One packet's way through the rules.</summary>
    Firewall,
    /// <summary>Pools, subnets, leases, and the room that is left.</summary>
    Addresses,
}
