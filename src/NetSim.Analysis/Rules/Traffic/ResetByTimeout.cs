using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>A connection was reset when it was used again after a long silence: something on the way, or the other end, had forgotten it.</summary>
internal sealed class ResetByTimeout : Diagnosis
{
    public override string Name => "reset-by-timeout";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var f in FlowViews.Tcp(c).Select(s => s[0]).Where(f => f.IsEstablished && f.Reset is not null && QuietBefore(f) >= Long))
            yield return new(Name, Severity.Warning, $"{c.Ends.Told(f.Key.Source)} -> {c.Ends.Told(f.Key.Destination, f.Key.DestinationPort)} was reset after {Units.Time(QuietBefore(f))} of silence, at the first packet: somebody had forgotten the connection (conntrack, a load balancer, the server's idle limit)")
            {
                Evidence = [Evidence.Of(f.Reset!.Value)],
                Advice = "send keep-alives more often than the shortest limit on the way (net.ipv4.tcp_keepalive_time, or the program's own), or let the client open a new connection",
                Subject = f.Key.ToString(),
            };
    }

    internal const long Long = 30_000_000_000;

    /// <summary>The silence before the packet that a reset answered; a reset that itself ends the silence is somebody giving up.</summary>
    internal static long QuietBefore(SeenFlow f)
    {
        var (resetting, other) = f.Server.Rst is not null ? (f.Server, f.Client) : (f.Client, f.Server);
        return resetting.Rst is { } r && other.LongestQuiet >= Long && r.Time >= other.EndOfQuiet.Time && r.Time - other.EndOfQuiet.Time < 2_000_000_000 ? other.LongestQuiet : 0;
    }
}
