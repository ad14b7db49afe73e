using NetSim.Analysis.Findings;
using NetSim.Analysis.Rules.Names;
using NetSim.Analysis.Rules.Reach;
using NetSim.Analysis.Rules.Tables;
using NetSim.Analysis.Rules.Traffic;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules;

/// <summary>All diagnoses. Adding one is adding a file and a line here.</summary>
public static class Diagnoses
{
    /// <summary>More of one kind say nothing new.</summary>
    private const int MostOfAKind = 200;

    private static readonly IReadOnlyList<Diagnosis> All =
    [
        new ForwardingOff(), new FlushedRules(), new SubnetOverlap(), new EngineErrors(), new DuplicateMac(), new AddressTwice(), new AddressConflict(), new ConntrackFull(), new PortsExhausted(), new StaleConntrack(),
        new BridgeFilterOff(), new FirewallBypass(), new HalfIpv6(), new NameCollision(), new WantedPairs(), new FailedNames(), new FailedAttempts(), new DeadReplica(), new ArpUnanswered(), new MtuBlackHole(), new MtuMismatch(),
        new SynBacklog(), new SegmentsLost(), new ZeroWindow(), new SlowAnswers(), new SlowNetwork(), new ResetByTimeout(), new ResetByFirewall(), new ResetByApplication(), new PortsUsedAgain(),
        new SearchStorm(), new SlowNames(), new PathTooNarrow(), new RoutingLoop(), new ProxyHidesClient(), new MissingRules(),
    ];

    /// <summary>Names of all faults that may be found.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.SelectMany(d => d.Names).Concat(ReachNaming.Rules.Select(r => r.Name)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>All that is found, the worst first; of two findings of one rule about the same, one with the evidence of both.</summary>
    public static IReadOnlyList<Finding> Of(DiagnosisCase c)
    {
        var found = new List<Finding>();
        foreach (var f in All.SelectMany(d => d.Find(c).Take(MostOfAKind)))
        {
            int at = found.FindIndex(o => o.Rule == f.Rule && IsSame(o, f));
            if (at < 0) found.Add(f);
            else found[at] = Joined(found[at], f);
        }
        return [.. found.Where(f => !IsExplained(f, found)).OrderByDescending(f => f.Severity)];
    }

    private static bool IsSame(Finding a, Finding b) => a.Subject == b.Subject || a.Sentence == b.Sentence || a.Subject.Length == 0;

    private static Finding Joined(Finding a, Finding b)
    {
        var (first, second) = b.Severity > a.Severity ? (b, a) : (a, b);
        return first with { Evidence = [.. first.Evidence.Concat(second.Evidence).Distinct().Take(8)], Predicted = first.Predicted ?? second.Predicted, Question = first.Question ?? second.Question };
    }

    /// <summary>What follows from another finding is not told besides it.</summary>
    private static bool IsExplained(Finding f, List<Finding> all) => f.Rule switch
    {
        "unreachable" or "tcp-unanswered" or "answer-lost" => all.Exists(o => o.Rule is "conntrack-full" or "syn-backlog" && o.Severity == Severity.Error),
        "stale-address" => all.Exists(o => o.Rule == "stale-arp" && o.Subject == f.Subject),
        _ => false,
    };
}
