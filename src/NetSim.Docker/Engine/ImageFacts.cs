namespace NetSim.Docker.Engine;

/// <summary>What an image says of itself, as far as networking needs it.</summary>
/// <param name="Name">"lab/webapp", without tag.</param>
/// <param name="Command">CMD.</param>
/// <param name="Entrypoint">ENTRYPOINT.</param>
/// <param name="Exposed">EXPOSE: "4567/tcp".</param>
/// <param name="Environment">ENV.</param>
public sealed record ImageFacts(string Name, IReadOnlyList<string> Command, IReadOnlyList<string> Entrypoint, IReadOnlyList<string> Exposed, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Names of all programs it has; null when that is not known, and every program is taken as there.</summary>
    public IReadOnlyCollection<string>? Programs { get; init; }

    /// <summary>Is it in the catalogue? If not, its command is not known.</summary>
    public bool Known { get; init; } = true;
}
