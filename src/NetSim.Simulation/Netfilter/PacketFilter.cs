using NetSim.Model.Netfilter;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Netfilter;

/// <summary>netfilter of a namespace: the tables at each hook in the kernel's order, connection tracking and NAT between them.</summary>
internal sealed class PacketFilter
{
    /// <summary>Is there anything to ask? A namespace without rules has no connection tracking either.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Asks all tables of a hook. False: the packet ended (traced, answered if rejected, its frame given back).</summary>
    public bool Pass(Hook hook, Frame frame, Device? input, Device? output) => true;
}
