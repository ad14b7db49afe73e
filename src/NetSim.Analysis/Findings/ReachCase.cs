using NetSim.Analysis.Explanation;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Findings;

/// <summary>A pair that fails by the model's word, for the rules that name why.</summary>
/// <param name="Answer">What the model says.</param>
/// <param name="Topology">The state it was asked in.</param>
internal sealed record ReachCase(Explanation.Explanation Answer, Topology Topology)
{
    public Question Question => Answer.Question;

    public string Reason => Answer.Reason ?? "";

    /// <summary>The rule of the model behind the rule of netfilter that decided it: "icc"; empty where there is none.</summary>
    public string Maker => Answer.Rule?.Origin.Rule ?? "";

    /// <summary>Who is meant: a container by its name or address, or null.</summary>
    public ContainerFacts? Target => Topology.Containers.Find(c => c.Name == Question.To) ?? Holder(Question.To) ?? Topology.Containers.Find(c => c.Namespace.Length > 0 && c.Namespace == Answer.Taker && Answer.Taker != "host");

    /// <summary>Who is meant, the same for a name and its address: "host", a container, or the address.</summary>
    public string Aim => IpAddress.TryParse(Question.To, out var a) ? Holder(Question.To)?.Name ?? (Topology.Find("host")?.Interfaces.Exists(i => i.Addresses.Exists(x => x.Address == a)) == true ? "host" : Question.To) : Question.To;

    public ContainerFacts? Sender => Topology.Containers.Find(c => c.Name == Question.From);

    /// <summary>Did Docker's own walls end it: between networks, around ports that are not published, or the policy behind them?</summary>
    public bool IsClosed => Maker is "networks-apart" or "direct-access-drop" or "unpublished-drop" or "forward-policy-drop" || Answer.Rule is { RuleNumber: 0, Table: "filter", Chain: "FORWARD" };

    /// <summary>Is a name of another container looked for, or an address?</summary>
    public bool IsName => !IpAddress.TryParse(Question.To, out _) && Question.To is not ("host" or "outside");

    public bool IsUnresolved => Answer.Disposition == Disposition.Unresolved;

    /// <summary>Does the destination become another on the way (a published port)?</summary>
    public bool IsTranslated => Answer.Hops.SelectMany(h => h.Steps).Any(s => s.Kind == "nat" && s.Text.StartsWith("destination", StringComparison.Ordinal));

    public IReadOnlyList<string> NetworksOf(string container) => [.. Topology.Endpoints.Where(e => e.Container == container).Select(e => e.Network)];

    public NetworkFacts? Network(string name) => Topology.Networks.Find(n => n.Name == name);

    private ContainerFacts? Holder(string address) =>
        Topology.Endpoints.Find(e => e.Addresses.Any(a => a.Address.ToString() == address)) is { } e ? Topology.Containers.Find(c => c.Name == e.Container) : null;
}

/// <summary>A rule that names why a pair fails, one fault each.</summary>
internal abstract class ReachRule
{
    /// <summary>The name of the fault in the catalogue.</summary>
    public abstract string Name { get; }

    /// <summary>Why, in words that follow "web can't reach db:80: "; null when it is another fault.</summary>
    public abstract string? Because(ReachCase c);

    /// <summary>What to do, in a sentence; null where the model's remedy says it.</summary>
    public virtual string? Advice(ReachCase c) => null;

    /// <summary>Commands that mend it; none where the model finds them.</summary>
    public virtual IReadOnlyList<string> Commands(ReachCase c) => [];

    /// <summary>Rows that prove it, besides the rule that decided.</summary>
    public virtual IEnumerable<Evidence> Rows(ReachCase c) => [];
}
