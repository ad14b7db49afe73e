using NetSim.Model.Addressing;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>The way of one socket's packets to one peer, in the family of their addresses: what transport protocols know of IP.</summary>
/// <param name="local">Own address.</param>
/// <param name="remote">The peer's address.</param>
/// <param name="headerLength">Bytes of the IP header.</param>
/// <param name="pseudoHeaderSum">The sum of the pseudo header without the length.</param>
internal abstract class IpPath(IpAddress local, IpAddress remote, int headerLength, uint pseudoHeaderSum)
{
    /// <summary>Own address.</summary>
    public IpAddress Local { get; } = local;

    /// <summary>The peer's address.</summary>
    public IpAddress Remote { get; } = remote;

    /// <summary>Bytes of an IP packet that leave whole by the route's device.</summary>
    public abstract int Mtu { get; }

    /// <summary>Bytes of the IP header.</summary>
    public int HeaderLength { get; } = headerLength;

    /// <summary>Is there a route, and does it let packets through?</summary>
    public abstract bool IsRoutable { get; }

    /// <summary>Does the hardware address of the next hop still have to be found out?</summary>
    public abstract bool IsResolving { get; }

    /// <summary>Time to live or hop limit.</summary>
    public int TimeToLive { get; set; } = 64;

    /// <summary>May routers not cut the packets up?</summary>
    public bool DontFragment { get; set; } = true;

    /// <summary>The sum of the pseudo header of a segment or datagram of that length.</summary>
    public uint PseudoHeaderSum(int length) => pseudoHeaderSum + (uint)length;

    /// <summary>Puts an IP header before the frame's bytes and sends it. Takes the frame.</summary>
    /// <param name="frame">The segment or datagram, checksum included.</param>
    /// <param name="detail">Number of the socket's detail in the trace.</param>
    /// <returns>False when netfilter dropped it on the spot (EPERM for some senders).</returns>
    public abstract bool Send(Frame frame, int detail);

    /// <summary>The peer answered: its neighbour entry is confirmed (RFC 4861, section 7.3.1).</summary>
    public abstract void Confirm();
}
