using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;

namespace NetSim.Simulation.Netfilter;

/// <summary>Connection tracking of a namespace: notes on each packet which conversation it belongs to and how.
/// Source: linux v6.6 net/netfilter/nf_conntrack_core.c nf_conntrack_in, __nf_conntrack_confirm; nf_conntrack_proto_icmp.c.</summary>
internal sealed class Conntrack(Kernel kernel, string space, Func<ConntrackSettings> settings)
{
    private const long SweepEvery = 60_000_000_000;
    private readonly Dictionary<FlowTuple, ConntrackEntry> _entries = [];
    private long _nextSweep = SweepEvery;

    /// <summary>Is a tuple in use?</summary>
    public bool IsTaken(FlowTuple tuple) => _entries.ContainsKey(tuple);

    /// <summary>Finds or begins the conversation of a packet and notes it on the frame. A frame that came over lo carries its note already.</summary>
    public void Note(Frame frame)
    {
        if (frame.Track is not null || frame.TrackState == (byte)TrackState.Untracked) return;
        if (kernel.Loop.Now >= _nextSweep) Sweep();
        if (!IpView.TryRead(frame.Ip, out var packet)) return;
        if (packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && NoteMessage(frame, packet)) return;
        if (!FlowTuple.TryRead(frame.Ip, kernel.Addresses, out var tuple))
        {
            Set(frame, null, TrackState.Invalid);
            return;
        }
        var flags = packet.Protocol == IpProtocol.Tcp && TcpView.TryRead(packet.Payload, out var segment) ? segment.Flags : TcpFlags.None;
        if (Find(tuple) is { } entry && (packet.Protocol != IpProtocol.Tcp || !Reopened(entry, tuple, flags))) GoOn(frame, entry, entry.Original != tuple, flags);
        else Begin(frame, packet, tuple, flags);
    }

    /// <summary>An error that is made about a packet on its way belongs to the packet's conversation, though that may never enter the table: it goes back to who began it, translated as an answer is.
    /// Source: linux v6.12 net/netfilter/nf_conntrack_core.c nf_conntrack_attach; seen on a real kernel.</summary>
    public static void Relate(Frame error, Frame about)
    {
        if (about.Track is not ConntrackEntry entry) return;
        bool answer = (about.TrackState & (byte)TrackState.Reply) == 0;
        Set(error, entry, answer ? TrackState.Related | TrackState.Reply : TrackState.Related);
    }

    /// <summary>Is the table full, so that no conversation may begin?</summary>
    public bool IsFull => _entries.Count >= 2L * settings().Max;

    /// <summary>A first packet got through: its conversation enters the table. False: another one took its place meanwhile.</summary>
    public bool Confirm(Frame frame)
    {
        if (frame.Track is not ConntrackEntry { Confirmed: false } entry || (frame.TrackState & (byte)TrackState.New) == 0) return true;
        if (_entries.ContainsKey(entry.Original) || _entries.ContainsKey(entry.Reply)) return false;
        entry.Confirmed = true;
        _entries[entry.Original] = entry;
        _entries[entry.Reply] = entry;
        kernel.Tell(new Change.ConntrackMade(space, entry.Original.Key(kernel.Addresses), entry.Reply.Key(kernel.Addresses)));
        return true;
    }

    /// <summary>Forgets all conversations of an address.</summary>
    public void Forget(IpAddress address)
    {
        uint number = kernel.Addresses.Number(address);
        bool Has(FlowTuple t) => t.IsV6 == address.IsV6 && (t.Source == number || t.Destination == number);
        foreach (var entry in _entries.Where(e => e.Key == e.Value.Original && (Has(e.Key) || Has(e.Value.Reply))).Select(e => e.Value).OrderBy(e => e.Expires).ToList()) Remove(entry);
    }

    private ConntrackEntry? Find(FlowTuple tuple)
    {
        if (!_entries.TryGetValue(tuple, out var entry)) return null;
        if (entry.Expires > kernel.Loop.Now) return entry;
        Remove(entry);
        return null;
    }

    private bool Reopened(ConntrackEntry entry, FlowTuple tuple, TcpFlags flags)
    {
        if (!Tracking.Reopens(entry, flags, entry.Original != tuple)) return false;
        Remove(entry);
        return true;
    }

    private void GoOn(Frame frame, ConntrackEntry entry, bool reply, TcpFlags flags)
    {
        entry.Answered |= reply;
        if (entry.Original.Protocol == IpProtocol.Tcp) entry.Tcp = Tracking.Next(entry.Tcp, flags, reply);
        entry.Expires = kernel.Loop.Now + settings().Lifetime(entry);
        var state = entry.Answered ? TrackState.Established : TrackState.New;
        Set(frame, entry, reply ? state | TrackState.Reply : state);
    }

    private void Begin(Frame frame, IpView packet, FlowTuple tuple, TcpFlags flags)
    {
        bool echoReply = packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && tuple.SourcePort == 0 && tuple.DestinationPort != 0;
        if (echoReply || packet.Protocol == IpProtocol.Tcp && !Tracking.Begins(flags, settings().IsLoose))
        {
            Set(frame, null, TrackState.Invalid);
            return;
        }
        var entry = new ConntrackEntry(tuple);
        if (packet.Protocol == IpProtocol.Tcp) entry.Tcp = Tracking.Next(TrackedTcp.None, flags, reply: false);
        entry.Expires = kernel.Loop.Now + settings().Lifetime(entry);
        Set(frame, entry, TrackState.New);
    }

    /// <summary>Messages of ICMP other than echo: errors, and what stays on the link (not tracked). False: an echo.</summary>
    private bool NoteMessage(Frame frame, IpView packet)
    {
        if (!IcmpView.TryRead(packet.Payload, out var message)) return false;
        if (packet.IsV6 ? message.Type is 128 or 129 : message.Type is 0 or 8) return false;
        // Groups and neighbour discovery stay on their link. Source: linux v6.6 nf_conntrack_proto_icmpv6.c noct_valid_new.
        if (packet.IsV6 && message.Type is (>= 130 and <= 137) or 143) Set(frame, null, TrackState.None);
        else NoteError(frame, message);
        return true;
    }

    /// <summary>An ICMP error belongs to the conversation of the packet that it quotes, and goes the way of an answer to it.</summary>
    private void NoteError(Frame frame, IcmpView message)
    {
        if (!FlowTuple.TryRead(message.Payload, kernel.Addresses, out var quoted) || Find(quoted.Reversed) is not { } entry)
        {
            Set(frame, null, TrackState.Invalid);
            return;
        }
        bool reply = entry.Original != quoted.Reversed;
        Set(frame, entry, reply ? TrackState.Related | TrackState.Reply : TrackState.Related);
    }

    private static void Set(Frame frame, ConntrackEntry? entry, TrackState state) => (frame.Track, frame.TrackState) = (entry, (byte)state);

    private void Sweep()
    {
        long now = kernel.Loop.Now;
        _nextSweep = now + SweepEvery;
        foreach (var entry in _entries.Where(e => e.Value.Expires <= now && e.Key == e.Value.Original).Select(e => e.Value).OrderBy(e => e.Expires).ToList()) Remove(entry);
    }

    private void Remove(ConntrackEntry entry)
    {
        _entries.Remove(entry.Original);
        _entries.Remove(entry.Reply);
        kernel.Tell(new Change.ConntrackRemoved(space, entry.Original.Key(kernel.Addresses)));
    }
}
