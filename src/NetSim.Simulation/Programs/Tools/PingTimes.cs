namespace NetSim.Simulation.Programs.Tools;

/// <summary>Round-trip times in microseconds, summed up as ping does.</summary>
internal sealed class PingTimes
{
    private readonly List<long> _all = [];

    /// <summary>The longest so far.</summary>
    public long Longest { get; private set; }

    /// <summary>The latest.</summary>
    public long Latest => _all[^1];

    /// <summary>Counts one.</summary>
    public void Add(long microseconds)
    {
        _all.Add(microseconds);
        Longest = Math.Max(Longest, microseconds);
    }

    /// <summary>"0.138/0.282/0.427": shortest, average, longest.</summary>
    public string Triple => $"{Milliseconds(_all.Min())}/{Milliseconds(_all.Sum() / _all.Count)}/{Milliseconds(Longest)}";

    /// <summary>"rtt min/avg/max/mdev = 0.138/0.282/0.427/0.144 ms".</summary>
    public override string ToString()
    {
        long average = _all.Sum() / _all.Count;
        long deviation = (long)Math.Sqrt(Math.Max(0, _all.Sum(t => t * t) / _all.Count - average * average));
        return $"rtt min/avg/max/mdev = {Milliseconds(_all.Min())}/{Milliseconds(average)}/{Milliseconds(Longest)}/{Milliseconds(deviation)} ms";
    }

    private static string Milliseconds(long microseconds) => $"{microseconds / 1000}.{microseconds % 1000:000}";
}

/// <summary>ping's words for ICMP errors (iputils 20221126, ping.c pr_icmph and ping6_common.c).</summary>
internal static class IcmpWords
{
    private static readonly string[] Unreachable =
    [
        "Destination Net Unreachable", "Destination Host Unreachable", "Destination Protocol Unreachable", "Destination Port Unreachable", "", "Source Route Failed",
        "Destination Net Unknown", "Destination Host Unknown", "Source Host Isolated", "Destination Net Prohibited", "Destination Host Prohibited",
        "Destination Net Unreachable for Type of Service", "Destination Host Unreachable for Type of Service", "Packet filtered", "Precedence Violation", "Precedence Cutoff",
    ];

    private static readonly string[] Unreachable6 = ["No route", "Administratively prohibited", "Beyond scope of source address", "Address unreachable", "Port unreachable"];

    /// <summary>"Destination Host Unreachable".</summary>
    public static string Of(Sockets.PingReply error, bool v6) => v6 ? OfV6(error) : error.Type switch
    {
        3 when error.Code == 4 => $"Frag needed and DF set (mtu = {error.Mtu})",
        3 when error.Code < Unreachable.Length => Unreachable[error.Code],
        3 => $"Dest Unreachable, Bad Code: {error.Code}",
        11 => error.Code == 0 ? "Time to live exceeded" : "Frag reassembly time exceeded",
        _ => $"Bad ICMP type: {error.Type}",
    };

    private static string OfV6(Sockets.PingReply error) => error.Type switch
    {
        1 => "Destination unreachable: " + (error.Code < Unreachable6.Length ? Unreachable6[error.Code] : $"Unknown code {error.Code}"),
        2 => $"Packet too big: mtu={error.Mtu}",
        3 => "Time exceeded: " + (error.Code == 0 ? "Hop limit" : "Defragmentation failure"),
        _ => $"Bad ICMP type: {error.Type}",
    };
}
