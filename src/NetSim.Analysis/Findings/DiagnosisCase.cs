using NetSim.Analysis.Explanation;
using NetSim.Analysis.Sightings;
using NetSim.Model.Tracing;

namespace NetSim.Analysis.Findings;

/// <summary>A pair that somebody wants to reach each other.</summary>
/// <param name="Question">Who asks for whom.</param>
/// <param name="Why">"port 8080 is published", "step 7 tried it".</param>
/// <param name="Evidence">Where that is said.</param>
public sealed record WantedPair(Question Question, string Why, Evidence Evidence);

/// <summary>What a command or a container said when it failed.</summary>
/// <param name="Command">The command, or the container.</param>
/// <param name="Text">What it said.</param>
/// <param name="Evidence">Where.</param>
public sealed record ToldError(string Command, string Text, Evidence Evidence);

/// <summary>A row that the engine would have made and that is not there.</summary>
/// <param name="Kind">"rule", "address", "route".</param>
/// <param name="Table">"host iptables filter FORWARD".</param>
/// <param name="Row">Its text.</param>
/// <param name="Origin">What should have brought it.</param>
public sealed record MissingRow(string Kind, string Table, string Row, Origin Origin);

/// <summary>All that is known when a diagnosis is asked for: a model at its end state, what was seen, or both.</summary>
public sealed class DiagnosisCase
{
    private EndBook? _ends;
    private IReadOnlyList<Attempt>? _attempts;

    /// <summary>The model, or null where captures are all that is known.</summary>
    public Explainer? Model { get; init; }

    /// <summary>Is the traffic that of the model itself (a scenario that was run)?</summary>
    public bool IsSimulated { get; init; }

    /// <summary>What was seen, or null.</summary>
    public TrafficBook? Traffic { get; init; }

    /// <summary>Pairs that somebody wants, besides published ports.</summary>
    public IReadOnlyList<WantedPair> Wanted { get; init; } = [];

    /// <summary>Pairs that are meant to fail: from, and to whom by name or address.</summary>
    public IReadOnlyList<(string From, string To)> Intended { get; init; } = [];

    /// <summary>What commands and containers said when they failed.</summary>
    public IReadOnlyList<ToldError> Errors { get; init; } = [];

    /// <summary>What the engine would have made and is not there.</summary>
    public IReadOnlyList<MissingRow> Missing { get; init; } = [];

    /// <summary>The engine's version, as "28.5.2"; empty when it is not known.</summary>
    public string Engine { get; init; } = "";

    /// <summary>What was changed by hand, where a run shows it.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>Who has which address.</summary>
    internal EndBook Ends => _ends ??= new(Model?.Topology, Changes);

    /// <summary>Conversations that were begun, each once, however often it was seen.</summary>
    internal IReadOnlyList<Attempt> Attempts => _attempts ??= Traffic is null ? [] : AttemptJoin.Of(Traffic);

    /// <summary>Flows of TCP, each with all its sightings, once they were asked for.</summary>
    internal IReadOnlyList<IReadOnlyList<SeenFlow>>? Views { get; set; }

    /// <summary>Questions for names, once they were asked for.</summary>
    internal System.Collections.IEnumerable? Names { get; set; }

    /// <summary>All points where packets were seen.</summary>
    internal IEnumerable<PointBook> Points => Traffic?.Points ?? [];

    /// <summary>" (without a bundle or scenario this is a guess)" where there is no model.</summary>
    internal string Unsure => Model is null ? "; without a bundle or scenario it can't be said which rule or table did it" : "";

    /// <summary>Is this pair meant to fail?</summary>
    internal bool IsIntended(string from, string to)
    {
        string host = to.Split(':')[0];
        return Intended.Any(i => i.From == from && (i.To == host || Ends.Name(host) == i.To));
    }
}
