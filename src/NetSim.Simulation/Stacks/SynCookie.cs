using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>SYN-ACKs that need no memory: what was agreed on lies in the sequence number and the timestamp, and comes back with the ACK.
/// Source: linux v6.6 net/ipv4/syncookies.c.</summary>
internal sealed class SynCookie(Kernel kernel)
{
    private const int MostMinutes = 2;
    private const uint NoScale = 15;
    private const uint SackBit = 16;
    private static readonly ushort[] Segments = [536, 1220, 1300, 1440, 1460, 8940];
    private readonly ulong _secret = (ulong)kernel.Chance.NextInt64();

    /// <summary>What a SYN asks for.</summary>
    /// <param name="Segment">MSS.</param>
    /// <param name="Scale">Window scale, or null.</param>
    /// <param name="Selective">SACK permitted.</param>
    /// <param name="Timestamps">Are there timestamps?</param>
    /// <param name="Timestamp">TSval.</param>
    internal readonly record struct Terms(ushort Segment, byte? Scale, bool Selective, bool Timestamps, uint Timestamp);

    private uint Now => (uint)(kernel.Loop.Now / 1_000_000);

    private uint Minute => Now / 60_000;

    /// <summary>The SYN-ACK to a SYN.</summary>
    public TcpHeader Answer(IpPath path, TcpView syn, TcpSettings settings)
    {
        var options = syn.Options;
        ushort most = options.MaximumSegmentSize ?? 536;
        int n = Math.Max(0, Array.FindLastIndex(Segments, s => s <= most));
        int own = Math.Min(path.Mtu, 65535) - path.HeaderLength - TcpHeader.LeastLength;
        bool timestamps = options.HasTimestamps && settings.Timestamps, scaled = timestamps && options.WindowScale is not null && settings.Scales;
        uint bits = (scaled ? Math.Min(options.WindowScale!.Value, NoScale - 1u) : NoScale) | (options.SackPermitted && timestamps ? SackBit : 0);
        uint stamp = (Now & ~31u) | bits;
        if (stamp > Now) stamp -= 32;
        return new TcpHeader
        {
            SourcePort = syn.DestinationPort,
            DestinationPort = syn.SourcePort,
            SequenceNumber = Make(path, syn.DestinationPort, syn.SourcePort, syn.SequenceNumber, Minute, (uint)n),
            AcknowledgmentNumber = syn.SequenceNumber + 1,
            Flags = TcpFlags.Syn | TcpFlags.Ack,
            Window = (ushort)Math.Min(settings.ReceiveBuffer / 2 / own * own, 65535),
            Options = new TcpOptions
            {
                MaximumSegmentSize = (ushort)own,
                HasTimestamps = timestamps,
                TimestampValue = stamp,
                TimestampEchoReply = options.TimestampValue,
                SackPermitted = options.SackPermitted && timestamps,
                WindowScale = scaled ? settings.WindowScale : null,
            },
        };
    }

    /// <summary>What the ACK of a cookie brings back; null when it is none of ours, or too old.</summary>
    public Terms? Check(IpPath path, TcpView ack)
    {
        uint cookie = ack.AcknowledgmentNumber - 1, client = ack.SequenceNumber - 1;
        for (uint age = 0; age < MostMinutes && age <= Minute; age++)
        {
            uint n = (cookie - Make(path, ack.DestinationPort, ack.SourcePort, client, Minute - age, 0)) & 0xFF_FFFF;
            if (n >= Segments.Length || Make(path, ack.DestinationPort, ack.SourcePort, client, Minute - age, n) != cookie) continue;
            var options = ack.Options;
            uint bits = options.TimestampEchoReply & 31;
            return new(Segments[n], options.HasTimestamps && (bits & NoScale) != NoScale ? (byte)(bits & NoScale) : null, options.HasTimestamps && (bits & SackBit) != 0, options.HasTimestamps, options.TimestampValue);
        }
        return null;
    }

    private uint Make(IpPath path, ushort local, ushort remote, uint client, uint minute, uint n)
    {
        uint first = Mix(path, local, remote, 0), second = Mix(path, local, remote, minute + 1);
        return first + client + (minute << 24) + ((second + n) & 0xFF_FFFF);
    }

    private uint Mix(IpPath path, ushort local, ushort remote, uint count)
    {
        ulong sum = _secret ^ count * 0x9E37_79B9_7F4A_7C15;
        foreach (var half in (ReadOnlySpan<ulong>)[(ulong)(path.Local.Bits >> 64), (ulong)path.Local.Bits, (ulong)(path.Remote.Bits >> 64), (ulong)path.Remote.Bits, (ulong)local << 16 | remote])
        {
            sum = (sum ^ half) * 0xBF58_476D_1CE4_E5B9;
            sum ^= sum >> 29;
        }
        return (uint)(sum >> 32);
    }
}
