using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;

namespace NetSim.Simulation.Stacks;

/// <summary>What tells the pieces of one packet from those of others.</summary>
internal readonly record struct FragmentKey(IpAddress Source, IpAddress Destination, uint Identification, byte Protocol);

/// <summary>A piece of a packet: where it begins, how long it is, and whether others follow.</summary>
internal readonly record struct FragmentPiece(Frame Frame, int Offset, int Length, bool More)
{
    public int End => Offset + Length;
}

/// <summary>How a family waits for pieces.</summary>
/// <param name="TimeSysctl">Seconds that a packet is waited for.</param>
/// <param name="Seconds">The same where it was not set.</param>
/// <param name="RoomSysctl">Bytes of memory that pieces may take.</param>
/// <param name="DistanceSysctl">How many other pieces of a sender may come in between; null: any number.</param>
internal sealed record FragmentLimits(string TimeSysctl, int Seconds, string RoomSysctl, string? DistanceSysctl);

/// <summary>Pieces of packets that wait for the others: for a time, within a room, and thrown away whole where two overlap.
/// Source: linux v6.6 net/ipv4/inet_fragment.c inet_frag_queue_insert, net/ipv4/ip_fragment.c ip_frag_queue and ip_frag_too_far, net/ipv6/reassembly.c (RFC 5722).</summary>
/// <param name="stack">Whose they are.</param>
/// <param name="limits">How its family waits.</param>
/// <param name="tellSender">Tells the sender of a first piece that the others did not come.</param>
internal sealed class PartialPackets(NamespaceStack stack, FragmentLimits limits, Action<Frame> tellSender) : ITimerTarget
{
    private const long Second = 1_000_000_000;
    private const int LongestPacket = 65535;
    private readonly Dictionary<FragmentKey, Partial> _partial = [];
    private readonly Dictionary<int, Partial> _byNumber = [];
    private readonly Dictionary<IpAddress, int> _heard = [];
    private long _room;
    private int _made;

    private sealed class Partial(FragmentKey key, int number)
    {
        public readonly FragmentKey Key = key;
        public readonly int Number = number;
        public readonly SortedList<int, FragmentPiece> Pieces = [];
        public int Total, Came, LastHeard;
        public bool HasEnd;
        public TimerHandle Timer;
    }

    /// <summary>Bytes of memory that waiting pieces take.</summary>
    public long Room => _room;

    /// <summary>Takes a piece; gives all pieces in order when it was the last that lacked. They are the caller's then.</summary>
    public IList<FragmentPiece>? Add(FragmentKey key, FragmentPiece piece)
    {
        if (_room > stack.Sysctls.Number(limits.RoomSysctl, 4_194_304))
        {
            Drop(piece, DropReason.QueueFull);
            return null;
        }
        var partial = Find(key);
        Recall(partial);
        if (!Fits(partial, piece))
        {
            Drop(piece, DropReason.Malformed);
            Forget(partial, DropReason.Malformed);
            return null;
        }
        if (piece.More) partial.Total = Math.Max(partial.Total, piece.End);
        else (partial.Total, partial.HasEnd) = (piece.End, true);
        int known = Covered(partial, piece);
        if (known > 0)
        {
            Drop(piece, DropReason.NotWanted);
            if (known < piece.Length) Forget(partial, DropReason.Malformed); // overlapping pieces are an attack
            return null;
        }
        partial.Pieces.Add(piece.Offset, piece);
        partial.Came += piece.Length;
        _room += Weight(piece.Frame);
        if (!partial.HasEnd || partial.Came != partial.Total) return null;
        Close(partial);
        return partial.Pieces.Values;
    }

    /// <summary>A packet was waited for long enough.</summary>
    public void Expired(int purpose)
    {
        if (!_byNumber.TryGetValue(purpose, out var partial)) return;
        if (partial.Pieces.TryGetValue(0, out var first)) tellSender(first.Frame);
        Forget(partial, DropReason.NeverWhole);
    }

    /// <summary>The end, once known, is the end; nothing lies beyond it, and nothing is empty.</summary>
    private static bool Fits(Partial partial, FragmentPiece piece)
    {
        if (piece.Length <= 0 || piece.End > LongestPacket) return false;
        return piece.More ? !partial.HasEnd || piece.End <= partial.Total : piece.End >= partial.Total && (!partial.HasEnd || piece.End == partial.Total);
    }

    /// <summary>How many bytes of a piece came before.</summary>
    private static int Covered(Partial partial, FragmentPiece piece) =>
        partial.Pieces.Values.Sum(p => Math.Max(0, Math.Min(p.End, piece.End) - Math.Max(p.Offset, piece.Offset)));

    private Partial Find(FragmentKey key)
    {
        if (_partial.TryGetValue(key, out var known)) return known;
        var made = new Partial(key, ++_made) { LastHeard = _heard.GetValueOrDefault(key.Source) };
        made.Timer = stack.Kernel.Timers.Start(stack.Sysctls.Number(limits.TimeSysctl, limits.Seconds) * Second, this, made.Number);
        return _partial[key] = _byNumber[made.Number] = made;
    }

    /// <summary>Where too many pieces of others came since the last one, the number of the packet may be another packet's by now: what there is goes.</summary>
    private void Recall(Partial partial)
    {
        if (limits.DistanceSysctl is null) return;
        int heard = _heard[partial.Key.Source] = _heard.GetValueOrDefault(partial.Key.Source) + 1;
        long most = stack.Sysctls.Number(limits.DistanceSysctl, 64);
        bool isFar = most > 0 && partial.Pieces.Count > 0 && heard - partial.LastHeard > most;
        partial.LastHeard = heard;
        if (!isFar) return;
        foreach (var p in partial.Pieces.Values) Drop(p, DropReason.NeverWhole, weighed: true);
        partial.Pieces.Clear();
        (partial.Total, partial.Came, partial.HasEnd) = (0, 0, false);
    }

    private void Forget(Partial partial, DropReason reason)
    {
        Close(partial);
        foreach (var p in partial.Pieces.Values) Drop(p, reason);
    }

    private void Close(Partial partial)
    {
        _partial.Remove(partial.Key);
        _byNumber.Remove(partial.Number);
        if (_partial.Count == 0) _heard.Clear();
        stack.Kernel.Timers.Stop(ref partial.Timer);
        foreach (var p in partial.Pieces.Values) _room -= Weight(p.Frame);
    }

    private void Drop(FragmentPiece piece, DropReason reason, bool weighed = false)
    {
        if (weighed) _room -= Weight(piece.Frame);
        stack.Kernel.Drop(stack.Place, piece.Frame, reason);
    }

    /// <summary>What a piece takes in the kernel's memory: bytes in blocks of a power of two with what stands around them, and what describes them (skb truesize).</summary>
    private static int Weight(Frame frame) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)frame.Length + 384) + 256;
}
