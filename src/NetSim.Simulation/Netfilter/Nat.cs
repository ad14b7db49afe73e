using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Netfilter;

/// <summary>NAT: what the nat table decided for a conversation's first packet is done to all its packets, the mirror image to its answers, and to the packets that errors quote.
/// Source: linux v6.6 net/netfilter/nf_nat_core.c get_unique_tuple, nf_nat_packet; nf_nat_proto.c nf_nat_icmp_reply_translation.</summary>
internal sealed class Nat(Kernel kernel, Conntrack conntrack, int place)
{
    private const int MostAttempts = 128;
    private const int LeastAttempts = 16;

    /// <summary>Takes over a verdict of the nat table.</summary>
    /// <param name="entry">The conversation that begins.</param>
    /// <param name="destination">Is it about the destination (PREROUTING, OUTPUT), or the source?</param>
    /// <param name="range">What it may become.</param>
    public void Bind(ConntrackEntry entry, bool destination, NatPool range)
    {
        var now = entry.Reply.Reversed; // the packet as it goes on
        uint? to = range.AddressFor(now.Source, now.Destination) is { } a ? kernel.Addresses.Number(a) : null;
        if (destination)
        {
            now = now.With(now.Source, now.SourcePort, to ?? now.Destination, now.DestinationPort);
            if (range.FirstPort is not null) now = Free(now, true, range);
            entry.DestinationTranslated = now != entry.Reply.Reversed;
        }
        else
        {
            now = Free(now.With(to ?? now.Source, now.SourcePort, now.Destination, now.DestinationPort), false, range);
            entry.SourceTranslated = now != entry.Reply.Reversed;
        }
        entry.Reply = now.Reversed;
    }

    /// <summary>Rewrites a packet as its conversation asks for at this hook.</summary>
    public void Apply(Frame frame, bool destination, FilterDetail? rule)
    {
        if (frame.Track is not ConntrackEntry entry) return;
        var state = (TrackState)frame.TrackState;
        bool reply = state.HasFlag(TrackState.Reply);
        if (!(destination != reply ? entry.DestinationTranslated : entry.SourceTranslated)) return;
        var target = entry.Tuple(!reply).Reversed;
        if (state.HasFlag(TrackState.Related)) ApplyToError(frame, destination, target, entry.Tuple(!reply));
        else ApplyToPacket(frame, entry, destination, (target, reply), rule);
    }

    private void ApplyToPacket(Frame frame, ConntrackEntry entry, bool destination, (FlowTuple Tuple, bool Reply) target, FilterDetail? rule)
    {
        FlowTuple.TryRead(frame.Ip, kernel.Addresses, out var before);
        Rewrite(frame.Ip, destination, target.Tuple);
        frame.HeadRewritten();
        if (!kernel.Recorder.On) return;
        ref int slot = ref entry.Slots[(destination ? 0 : 2) + (target.Reply ? 1 : 0)];
        if (slot == 0 && FlowTuple.TryRead(frame.Ip, kernel.Addresses, out var after)) slot = 1 + kernel.Recorder.Detail(new TranslationDetail(before.Key(kernel.Addresses), after.Key(kernel.Addresses), rule));
        kernel.Recorder.Step(place, frame, StepKind.Translated, slot - 1);
    }

    /// <summary>An error: its own address as that of a packet of its direction, and the packet it quotes the other way round.</summary>
    private void ApplyToError(Frame frame, bool destination, FlowTuple target, FlowTuple quoted)
    {
        IpView.TryRead(frame.Ip, out var outer);
        var (before, header) = (new FlowKey(outer.Protocol, outer.Source, default, outer.Destination, default), outer.HeaderLength);
        var message = frame.Ip[header..];
        Rewrite(message[IcmpHeader.Length..], !destination, quoted);
        Rewrite(frame.Ip, destination, (Address(target, destination), default));
        IpView.TryRead(frame.Ip, out outer);
        message[2] = message[3] = 0;
        ushort sum = Checksum.Of(message, outer.IsV6 ? outer.PseudoHeaderSum(message.Length) : 0);
        (message[2], message[3]) = ((byte)(sum >> 8), (byte)sum);
        frame.Rewritten();
        if (!kernel.Recorder.On) return;
        var after = new FlowKey(outer.Protocol, outer.Source, default, outer.Destination, default);
        kernel.Recorder.Step(place, frame, StepKind.Translated, kernel.Recorder.Detail(new TranslationDetail(before, after, null)));
    }

    private void Rewrite(Span<byte> packet, bool destination, FlowTuple target)
    {
        // An echo has one identifier, whichever end is rewritten.
        ushort source = target.SourcePort, to = target.DestinationPort;
        if (target.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6) source = to = (ushort)(source | to);
        Rewrite(packet, destination, (Address(target, destination), new(destination ? to : source)));
    }

    private IpAddress Address(FlowTuple target, bool destination) => kernel.Addresses.Of(destination ? target.Destination : target.Source, target.IsV6);

    private static void Rewrite(Span<byte> packet, bool destination, (IpAddress Address, Port Port) end)
    {
        if (end.Address.IsV6)
        {
            if (destination) Ipv6Rewrite.Destination(packet, end.Address, end.Port);
            else Ipv6Rewrite.Source(packet, end.Address, end.Port);
        }
        else if (destination) Wire.Encoding.Rewrite.Destination(packet, end.Address, end.Port);
        else Wire.Encoding.Rewrite.Source(packet, end.Address, end.Port);
    }

    /// <summary>The same tuple where its port is allowed and its answers could not be taken for another conversation's, else one with another port: from a chance beginning upwards,
    /// in ever fewer attempts. Source: linux v6.6 net/netfilter/nf_nat_core.c get_unique_tuple, nf_nat_l4proto_unique_tuple.</summary>
    private FlowTuple Free(FlowTuple wanted, bool destination, NatPool range)
    {
        ushort port = destination ? wanted.DestinationPort : wanted.SourcePort;
        bool single = range.FirstPort is not null && (range.LastPort ?? range.FirstPort) == range.FirstPort;
        if (!range.Random && range.Allows(port) && (single || !conntrack.IsTaken(wanted.Reversed))) return wanted;
        var (least, count) = Ports(wanted.Protocol, port, range);
        var other = wanted;
        for (int attempts = Math.Min(count, MostAttempts); ; attempts /= 2)
        {
            int offset = count == 1 ? 0 : kernel.Chance.Next(65536);
            for (int i = 0; i < attempts; i++)
            {
                ushort next = (ushort)(least + (offset + i) % count);
                other = destination ? wanted.With(wanted.Source, wanted.SourcePort, wanted.Destination, next) : wanted.With(wanted.Source, next, wanted.Destination, wanted.DestinationPort);
                if (!conntrack.IsTaken(other.Reversed)) return other;
            }
            if (attempts >= count || attempts < LeastAttempts) return other;
        }
    }

    private static (int Least, int Count) Ports(IpProtocol protocol, ushort port, NatPool range)
    {
        if (range.FirstPort is { } first) return (first, (range.LastPort ?? first) - first + 1);
        if (protocol is IpProtocol.Icmp or IpProtocol.IcmpV6) return (0, 65536);
        return port < 512 ? (1, 511) : port < 1024 ? (600, 424) : (1024, 64512);
    }
}
