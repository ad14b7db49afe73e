using NetSim.Docker.Compose;
using NetSim.Docker.Engine;
using NetSim.Scenarios.Worlds;

namespace NetSim.Scenarios.Format;

/// <summary>A story that can be run: the world it happens in, its steps, and what is expected of it.</summary>
public sealed record Scenario
{
    /// <summary>The file as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>One line that says what it shows; empty when it has none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The engine it asks for, or null for the run's choice.</summary>
    public EngineVersion? Engine { get; init; }

    /// <summary>More settings of daemon.json, as a JSON object; empty for none.</summary>
    public string Daemon { get; init; } = "";

    /// <summary>Images and outside world.</summary>
    public required World World { get; init; }

    /// <summary>What happens, in order.</summary>
    public IReadOnlyList<ScenarioStep> Steps { get; init; } = [];

    /// <summary>What must be true at the end.</summary>
    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    /// <summary>Do captures run on all interfaces meanwhile, as they do while a real engine is recorded? They make bridges promiscuous.</summary>
    public bool CapturedWhileRunning { get; init; }

    /// <summary>How a recording of it is captured.</summary>
    public CaptureWish Capture { get; init; } = new();

    /// <summary>The Compose project that the file is, or null: `docker compose` without -f means it, and its services are ends of expectations.</summary>
    public ComposeProject? Project { get; init; }

    /// <summary>Lines that can't be run as they are, each with file and line.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>How the interfaces are captured while a scenario is recorded.</summary>
public sealed record CaptureWish
{
    /// <summary>Only capture points whose names match one of these patterns (`*` and `?`); null means all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>Bytes kept of each frame; 0 means all.</summary>
    public int SnapLength { get; init; }

    /// <summary>Frames kept of each capture point.</summary>
    public int MaxPackets { get; init; } = 4000;

    /// <summary>Are bridges captured in promiscuous mode?</summary>
    public bool Promiscuous { get; init; } = true;
}
