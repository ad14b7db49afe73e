namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>A fact in which NetSim is allowed to differ from a real engine.</summary>
/// <param name="Engine">Which engine's recording; "" is any.</param>
/// <param name="Case">Which case; "" is any.</param>
/// <param name="Fact">The fact's name ("category | subject | what"), or its beginning.</param>
/// <param name="Why">Why it is so.</param>
internal sealed record KnownMiss(string Engine, string Case, string Fact, string Why)
{
    public bool Allows(string engine, string name, Judged judged) =>
        (Engine.Length == 0 || Engine == engine) && (Case.Length == 0 || Case == name) && judged.Name.StartsWith(Fact, StringComparison.Ordinal);
}

/// <summary>All that is allowed to differ. To be empty is the aim.</summary>
internal static class KnownMisses
{
    public static readonly IReadOnlyList<KnownMiss> All =
    [
    ];

    public static bool Allows(string engine, string name, Judged judged) => All.Any(k => k.Allows(engine, name, judged));
}
