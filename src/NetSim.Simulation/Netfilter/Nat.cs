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
    private const int Attempts = 256;

    /// <summary>Takes over a verdict of the nat table.</summary>
    /// <param name="entry">The conversation that begins.</param>
    /// <param name="destination">Is it about the destination (PREROUTING, OUTPUT), or the source?</param>
    /// <param name="address">The address it becomes; null keeps it.</param>
    /// <param name="port">The port it becomes; null keeps it where it is free.</param>
    public void Bind(ConntrackEntry entry, bool destination, IpAddress? address, ushort? port)
    {
        var now = entry.Reply.Reversed; // the packet as it goes on
        uint? to = address is { } a ? kernel.Addresses.Number(a) : null;
        if (destination)
        {
            now = now.With(now.Source, now.SourcePort, to ?? now.Destination, port ?? now.DestinationPort);
            entry.DestinationTranslated = now != entry.Reply.Reversed;
        }
        else
        {
            now = Free(now.With(to ?? now.Source, port ?? now.SourcePort, now.Destination, now.DestinationPort), port is not null);
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

    /// <summary>The same tuple, or one with another source port when its answers would be taken for another conversation's.</summary>
    private FlowTuple Free(FlowTuple wanted, bool fixedPort)
    {
        if (fixedPort || !conntrack.IsTaken(wanted.Reversed)) return wanted;
        int least = wanted.SourcePort < 512 ? 1 : wanted.SourcePort < 1024 ? 600 : 1024, most = wanted.SourcePort < 512 ? 511 : wanted.SourcePort < 1024 ? 1023 : 65535;
        for (int i = 0; i < Attempts; i++)
        {
            var other = wanted.With(wanted.Source, (ushort)kernel.Chance.Next(least, most + 1), wanted.Destination, wanted.DestinationPort);
            if (!conntrack.IsTaken(other.Reversed)) return other;
        }
        return wanted;
    }
}
