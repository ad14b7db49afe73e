using NetSim.Analysis.Explanation;
using NetSim.Workbench.Explaining;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Output;

/// <summary>What was chosen about an explanation.</summary>
internal sealed record ExplainChoices
{
    /// <summary>The input.</summary>
    public required string Input { get; init; }

    /// <summary>Who asks, or null.</summary>
    public string? From { get; init; }

    /// <summary>For whom, or null.</summary>
    public string? To { get; init; }

    /// <summary>What is asked for; null is told by the port.</summary>
    public AskedProtocol? Protocol { get; init; }

    /// <summary>Lines that change the state.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Everybody?</summary>
    public bool All { get; init; }

    /// <summary>Versions as written; null is the input's own.</summary>
    public required IReadOnlyList<string?> Engines { get; init; }

    /// <summary>Makes chance.</summary>
    public int Seed { get; init; }

    /// <summary>What is said of a Compose project.</summary>
    public ProjectWish? Project { get; init; }

    /// <summary>The input on an engine.</summary>
    public InputWish By(string? engine) => new(Input, engine, Seed, Project);

    /// <summary>As JSON?</summary>
    public bool Json { get; init; }

    /// <summary>Without warnings?</summary>
    public bool Quiet { get; init; }
}

/// <summary>An answer, and the engine for which it holds.</summary>
/// <param name="Engine">"28.5.2"; empty when it is not known.</param>
/// <param name="Proven">Is its model proven against recordings?</param>
/// <param name="Explanation">The answer.</param>
internal sealed record AnsweredBy(string Engine, bool Proven, Explanation Explanation)
{
    /// <summary>What mends it, or null.</summary>
    public Remedy? Remedy { get; init; }
}
