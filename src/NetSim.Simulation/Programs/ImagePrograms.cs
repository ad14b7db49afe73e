namespace NetSim.Simulation.Programs;

/// <summary>A command line that an image's catalogue entry gives a behaviour.</summary>
/// <param name="Command">The words the command line begins with; none: any command that is no modelled program (the image's own server).</param>
/// <param name="Behaviour">The name of a built-in program: "web-counter", "served-redis", "served-http".</param>
/// <param name="Parameters">What that program wants to know: "port", "body", "calls".</param>
public sealed record ProgramBinding(IReadOnlyList<string> Command, string Behaviour, IReadOnlyDictionary<string, string> Parameters);

/// <summary>How the programs of an image behave, as data.</summary>
public sealed record ImagePrograms
{
    /// <summary>Command lines with a behaviour. The longest that fits counts; several equal ones run side by side in one process.</summary>
    public IReadOnlyList<ProgramBinding> Bindings { get; init; } = [];

    /// <summary>Files the image ships, by path.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The programs it has; null: all that are modelled.</summary>
    public IReadOnlyList<string>? Programs { get; init; }

    /// <summary>Are ping, wget and the like busybox's, with its texts?</summary>
    public bool Busybox { get; init; }
}
