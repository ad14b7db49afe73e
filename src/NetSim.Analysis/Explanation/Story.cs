using NetSim.Model.Tracing;

namespace NetSim.Analysis.Explanation;

/// <summary>Collects decisions in order, hop by hop.</summary>
internal sealed class Story
{
    private readonly List<(string Space, string? Interface, List<ExplainedStep> Steps)> _hops = [];

    /// <summary>The hops so far.</summary>
    public IReadOnlyList<ExplainedHop> Hops => _hops.Select(h => new ExplainedHop(h.Space, h.Interface, h.Steps)).ToList();

    /// <summary>The packet is now in another namespace, or came in by another interface.</summary>
    public void Enter(string space, string? device) => _hops.Add((space, device, []));

    /// <summary>Adds a decision to the present hop.</summary>
    public void Add(string kind, string text, FilterDetail? rule = null, Origin? origin = null) => Add(new ExplainedStep(kind, text, rule, origin ?? rule?.Origin));

    /// <summary>Adds a decision to the present hop.</summary>
    public void Add(ExplainedStep step) => _hops[^1].Steps.Add(step);
}
