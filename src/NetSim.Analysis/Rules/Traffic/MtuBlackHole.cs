using NetSim.Analysis.Findings;
using NetSim.Analysis.Rules.Tables;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>Small packets pass and large ones vanish, and nobody says that they are too big.</summary>
internal sealed class MtuBlackHole : Diagnosis
{
    public override string Name => "mtu-black-hole";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var same in FlowViews.Tcp(c))
        {
            if (same.Select(Stuck).FirstOrDefault(s => s is not null) is not { } stuck) continue;
            var flow = same.First(f => Stuck(f) is not null);
            bool told = c.Points.SelectMany(p => p.Errors).Any(e => e.IsTooBig);
            yield return new(Name, Severity.Error, $"{c.Ends.Told(flow.Key.Source)} and {c.Ends.Told(flow.Key.Destination, flow.Key.DestinationPort)} shake hands, but segments of {stuck.StuckLength} bytes never arrive, sent {stuck.StuckTimes + 1} times: the way takes smaller packets alone{(told ? ", and the sender does not heed what ICMP says" : ", and no ICMP says so")}")
            {
                Evidence = [.. stuck.Again.Take(4).Select(Evidence.Of), .. MtuMismatch.Rows(c)],
                Advice = $"make the MTU of the network that of the way (docker network create -o com.docker.network.driver.mtu=1400 …, \"mtu\" in daemon.json for the default bridge), or let ICMP \"fragmentation needed\" through; iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu mends TCP alone",
                Subject = $"{flow.Key.Source} {flow.Key.Destination} {flow.Key.DestinationPort}",
            };
        }
        foreach (var pings in c.Points.SelectMany(p => p.Echoes.Values).GroupBy(e => (e.Point.Number, e.Source, e.Destination)))
            if (pings.FirstOrDefault(e => e.Replies == 0 && e.LargestSent > 1000 && e.Errors.Count == 0) is { } big && pings.Where(e => e.Replies > 0).ToList() is { Count: > 0 } small && small.TrueForAll(s => s.LargestSent < big.LargestSent))
                yield return new(Name, Severity.Error, $"pings of {small.Max(s => s.LargestSent)} bytes from {c.Ends.Told(big.Source)} to {c.Ends.Told(big.Destination)} are answered, those of {big.LargestSent} are not, and no ICMP says why: the way takes smaller packets alone")
                {
                    Evidence = [Evidence.Of(big.First), .. MtuMismatch.Rows(c)],
                    Advice = "find the size that passes: ping -M do -s SIZE; then make that the MTU of the network (-o com.docker.network.driver.mtu=…)",
                    Subject = $"{big.Source} {big.Destination} ping",
                };
    }

    /// <summary>The side whose full segment never got through, though the handshake did.</summary>
    internal static SeenSide? Stuck(SeenFlow f)
    {
        if (!f.IsEstablished) return null;
        foreach (var (side, other) in new[] { (f.Client, f.Server), (f.Server, f.Client) })
            if (side.StuckLength >= 1200 && side.IsStuck(other) && side.StuckTimes >= 3 && other.LastAck - side.Stuck is 0 or > 0x8000_0000 && side.Rst is null && other.ZeroWindows == 0 && HeardLater(side, other)) return side;
        return null;
    }

    /// <summary>The other end went on living: it was heard after the first copy; or small packets of its own pass.</summary>
    private static bool HeardLater(SeenSide side, SeenSide other) => other.Last.Time > side.First.Time && side.LargestSegment >= side.StuckLength;
}
