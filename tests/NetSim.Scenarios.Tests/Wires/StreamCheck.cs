using System.Buffers.Binary;
using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Scenarios.Tests.Wires;

/// <summary>Judges the TCP conversations of one interface: each begins with SYN, has no hole and no repeat, acknowledges only what came, and ends with FIN or RST. A SYN that nobody answers may come again and need not end.</summary>
internal sealed class StreamCheck
{
    private readonly Dictionary<string, Side> _sides = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>What is wrong on an interface. A conversation may still be open at the end of the capture when <paramref name="openEnds"/> says so.</summary>
    public static IReadOnlyList<string> Problems(IEnumerable<byte[]> frames, bool openEnds = false)
    {
        var check = new StreamCheck();
        foreach (var f in frames) check.Hear(f);
        if (!openEnds) check._problems.AddRange(check._sides.Where(s => !s.Value.Ended && check._sides.ContainsKey(s.Value.Back)).Select(s => $"{s.Key} never ends"));
        return check._problems;
    }

    private void Hear(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 54 || BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != 0x0800 || frame[23] != 6) return;
        var packet = frame[14..];
        var segment = packet[((packet[0] & 15) * 4)..BinaryPrimitives.ReadUInt16BigEndian(packet[2..])];
        string from = End(packet[12..16], segment), to = End(packet[16..20], segment[2..]);
        Judge($"{from} > {to}", $"{to} > {from}", segment);
    }

    private void Judge(string name, string back, ReadOnlySpan<byte> segment)
    {
        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(segment[4..]), acknowledged = BinaryPrimitives.ReadUInt32BigEndian(segment[8..]);
        int flags = segment[13], size = segment.Length - (segment[12] >> 4) * 4;
        bool syn = (flags & 2) != 0, fin = (flags & 1) != 0, rst = (flags & 4) != 0, ack = (flags & 16) != 0;
        var side = _sides.TryGetValue(name, out var known) && !(syn && known.Ended) ? known : _sides[name] = new() { Next = sequence, Back = back };
        bool unanswered = !_sides.ContainsKey(back);
        if (!syn && known is null && !rst) _problems.Add($"{name} does not begin with SYN");
        if (!rst && sequence != side.Next && !(syn && unanswered)) _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: sequence {sequence} where {side.Next} was due"));
        if (ack && !rst && _sides.TryGetValue(back, out var other) && unchecked((int)(acknowledged - other.Next)) > 0) _problems.Add($"{name} acknowledges what never came");
        side.Next = unchecked(sequence + (uint)size + (syn ? 1u : 0) + (fin ? 1u : 0));
        side.Ended |= fin || rst;
        if (rst && _sides.TryGetValue(back, out var peer)) peer.Ended = true;
    }

    private static string End(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port) => string.Create(CultureInfo.InvariantCulture, $"{IpAddress.Read(address)}:{BinaryPrimitives.ReadUInt16BigEndian(port)}");

    private sealed class Side
    {
        public required string Back { get; init; }

        public uint Next { get; set; }

        public bool Ended { get; set; }
    }
}
