namespace NetSim.Scenarios.Running;

/// <summary>How long the docker client and daemon take for a command, so that what they do is spread over time as on a real host.
/// Source: the t0 and t1 of steps recorded on 20.10.24, 26.1.5 and 28.5.2, rounded.</summary>
internal static class DockerPace
{
    /// <summary>Time between two commands while all interfaces are captured: new ones are looked for before each. Source: the least of the gaps of recorded steps, by engine 0.09 to 0.2 s.</summary>
    public static readonly TimeSpan Watching = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan Ask = TimeSpan.FromMilliseconds(25);

    /// <summary>Time from the command to its answer, without the time of a program it waits for.</summary>
    public static TimeSpan Of(IReadOnlyList<string> words) => (words.FirstOrDefault(), words.ElementAtOrDefault(1)) switch
    {
        ("run" or "start", _) => TimeSpan.FromMilliseconds(400),
        ("restart", _) => TimeSpan.FromMilliseconds(600),
        ("stop" or "rm" or "kill", _) => TimeSpan.FromMilliseconds(200),
        ("create", _) => TimeSpan.FromMilliseconds(80),
        ("network", "create" or "connect" or "disconnect" or "rm") => TimeSpan.FromMilliseconds(120),
        ("exec", _) => TimeSpan.FromMilliseconds(80),
        _ => Ask,
    };
}
