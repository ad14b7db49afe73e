using NetSim.Docker.Compose.Project;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Compose;

/// <summary>One thing that Compose asks of the engine, or waits for.</summary>
public abstract record ComposeOperation
{
    private protected ComposeOperation()
    {
    }

    /// <summary>Line of the Compose file that asks for it.</summary>
    public int Line { get; init; }

    /// <summary>What it is about: "Container shop-db-1".</summary>
    public required string Subject { get; init; }

    /// <summary>What it says when it is done: "Created".</summary>
    public required string Done { get; init; }

    /// <summary>The docker command line that does the same, without the word docker; labels of Compose's own are left out.</summary>
    public required IReadOnlyList<string> DockerLine { get; init; }

    /// <summary>One sentence that tells what it is for.</summary>
    public string Say { get; init; } = "";

    /// <summary>A network is made.</summary>
    internal sealed record MakeNetwork(NetworkRequest Request) : ComposeOperation;

    /// <summary>A container is made.</summary>
    internal sealed record MakeContainer(ComposeProject Project, ComposeService Service, int Number, string Name) : ComposeOperation;

    /// <summary>A container is connected to one more network (engines up to 24).</summary>
    internal sealed record Connect(ComposeProject Project, ComposeService Service, int Number, string Container, ServiceNetwork Network) : ComposeOperation;

    /// <summary>A container is started.</summary>
    internal sealed record Start(string Container) : ComposeOperation;

    /// <summary>A container is stopped.</summary>
    internal sealed record Stop(string Container) : ComposeOperation;

    /// <summary>A container is removed.</summary>
    internal sealed record Remove(string Container) : ComposeOperation;

    /// <summary>A container gets its final name.</summary>
    internal sealed record Rename(string Container, string Name) : ComposeOperation;

    /// <summary>A network is removed.</summary>
    internal sealed record RemoveNetwork(string Name) : ComposeOperation;

    /// <summary>A container is as it should be.</summary>
    internal sealed record Nothing : ComposeOperation;
}

/// <summary>Something that must have come true before a service is started.</summary>
public sealed record ComposeWait : ComposeOperation
{
    /// <summary>The container that is waited for.</summary>
    public required string Container { get; init; }

    /// <summary>Must it have ended with exit code 0? Else it must be healthy.</summary>
    public bool ForEnd { get; init; }

    /// <summary>May it fail?</summary>
    public bool Optional { get; init; }

    internal string Service { get; init; } = "";

    internal HealthCheck? Health { get; init; }

    internal bool ImageMayCheck { get; init; }
}
