using NetSim.Docker.Compose.Reading;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Compose.Project;

/// <summary>A network of a Compose project.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ComposeNetwork(string Key, ComposePlace Place)
{
    /// <summary>Its name in the engine: PROJECT_KEY, or `name:`.</summary>
    public required string Name { get; init; }

    /// <summary>Is it there already, and not the project's?</summary>
    public bool External { get; init; }

    /// <summary>What `network create` asks for, without Compose's own labels.</summary>
    public required NetworkRequest Request { get; init; }

    /// <summary>Changes when the configuration changes.</summary>
    public string Hash { get; init; } = "";
}
