namespace NetSim.Simulation.Programs;

/// <summary>The programs that are modelled, by name. Adding one is adding a file and a line in the list of built-in programs.</summary>
public sealed class ProgramCatalogue
{
    private readonly Dictionary<string, IProgram> _programs = new(StringComparer.Ordinal);

    /// <summary>A catalogue of the given programs.</summary>
    public ProgramCatalogue(IEnumerable<IProgram> programs)
    {
        foreach (var p in programs) _programs[p.Name] = p;
    }

    /// <summary>The program of a name or path ("/usr/bin/ping" is "ping"), or null. The busybox variant of a program is "busybox ping".</summary>
    public IProgram? Find(string name) => _programs.GetValueOrDefault(name[(name.LastIndexOf('/') + 1)..]);
}
