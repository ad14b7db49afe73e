using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Reach;

/// <summary>Names the fault behind a pair that fails by the model's word. Adding a rule is adding a file and a line here; the first that holds is told.</summary>
internal static class ReachNaming
{
    /// <summary>The rules in order.</summary>
    public static IReadOnlyList<ReachRule> Rules { get; } =
    [
        new RulesFlushed(), new IpForwardOff(), new ReversePathFilter(), new ForeignDrop(), new ForwardClosed(), new IccOff(), new HairpinIsolated(), new DirectRouting(),
        new PublishedElsewhere(), new BoundToLoopback(), new ContainerNotRunning(), new NameOnDefaultBridge(), new InternalNetwork(), new DifferentNetworks(), new PortNotPublished(),
        new MacvlanHost(), new Ipv6HalfOn(), new StaleAddress(), new WrongGateway(), new AnswerElsewhere(), new NothingListens(), new SilentUpstream(), new UpstreamFailed(), new NoSuchName(),
    ];

    /// <summary>The finding of an answer that is no.</summary>
    /// <param name="answer">What the model says.</param>
    /// <param name="topology">The state it was asked in.</param>
    /// <param name="seen">What shows it, before the rows.</param>
    public static Finding Of(Explanation.Explanation answer, Topology topology, IEnumerable<Evidence> seen)
    {
        var c = new ReachCase(answer, topology);
        var q = answer.Question;
        string subject = answer.Disposition == Disposition.Unresolved ? $"{q.From} {q.To}" : $"{q.From} {c.Aim} {q.Port} {(q.Protocol == AskedProtocol.Udp ? "udp" : "")}";
        string can = answer.Disposition == Disposition.Unresolved ? $"{q.From} can't resolve {q.To}" : $"{q.From} can't reach {(c.Target is { } t && t.Name != q.To && q.To is not "host" ? $"{t.Name} at " : "")}{q.Target}{(q.Protocol == AskedProtocol.Udp ? "/udp" : "")}";
        IEnumerable<Evidence> decided = answer.Rule is { } rule ? [RowOf(rule)] : [];
        foreach (var r in Rules)
            if (r.Because(c) is { } because)
                return new(r.Name, Severity.Error, $"{can}: {because}") { Evidence = [.. seen, .. decided, .. r.Rows(c)], Commands = r.Commands(c), Advice = r.Advice(c), Subject = subject, Question = q };
        return new("unreachable", Severity.Error, $"{can}: {answer.Reason}") { Evidence = [.. seen, .. decided], Subject = subject, Question = q };
    }

    private static Evidence RowOf(Model.Tracing.FilterDetail rule) =>
        new(Table: $"host iptables {rule.Table} {rule.Chain}", Row: rule.RuleNumber == 0 ? $"policy {rule.Verdict}" : $"{rule.RuleNumber}: {rule.RuleText} ({rule.Origin})");
}
