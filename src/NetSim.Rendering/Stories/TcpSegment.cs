using NetSim.Model.Packets;
using NetSim.Wire.Decoding;

namespace NetSim.Rendering.Stories;

/// <summary>A TCP segment as its sender put it on the wire.</summary>
/// <param name="Flow">From sender to receiver.</param>
/// <param name="Sequence">Of the first byte, or of SYN.</param>
/// <param name="Acknowledgment">Valid with ACK.</param>
/// <param name="Flags">Control bits.</param>
/// <param name="Window">As it stands there, not scaled.</param>
/// <param name="Length">Bytes of data, also of those that a snap length cut.</param>
/// <param name="Options">Its options.</param>
internal readonly record struct TcpSegment(FlowKey Flow, uint Sequence, uint Acknowledgment, TcpFlags Flags, int Window, int Length, TcpOptions Options)
{
    /// <summary>Sequence numbers that it uses: data, SYN and FIN.</summary>
    public int Span => Length + (Has(TcpFlags.Syn) ? 1 : 0) + (Has(TcpFlags.Fin) ? 1 : 0);

    /// <summary>Are all of these bits set?</summary>
    public bool Has(TcpFlags flags) => (Flags & flags) == flags;

    /// <summary>Reads the segment of a packet; false when it is none.</summary>
    public static bool TryRead(TraceIndex index, PacketEntry entry, out TcpSegment segment)
    {
        segment = default;
        if (entry.Frame < 0 || entry.Summary.Flow is not { Protocol: IpProtocol.Tcp } flow) return false;
        if (!LinkView.TryRead(index.Bytes(entry.Frame), index.Trace.Packets.LinkType(entry.Frame), out var link)) return false;
        if (!IpView.TryRead(link.Payload, out var ip) || ip.IsLaterFragment || !TcpHeaderView.TryRead(ip.Payload, out var tcp)) return false;
        int cut = index.WireLength(entry) - index.Trace.Packets.Length(entry.Frame);
        int length = Math.Max(0, ip.Payload.Length + Math.Max(0, cut) - Math.Max(tcp.HeaderLength, 20));
        segment = new(flow, tcp.SequenceNumber, tcp.AcknowledgmentNumber, tcp.Flags, tcp.Window, length, tcp.Options);
        return true;
    }
}
