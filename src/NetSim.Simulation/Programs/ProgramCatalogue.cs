namespace NetSim.Simulation.Programs;

/// <summary>The programs that are modelled, by name. Adding one is adding a file and a line here.</summary>
public sealed class ProgramCatalogue
{
    private readonly Dictionary<string, IProgram> _programs = new(StringComparer.Ordinal);

    /// <summary>A catalogue of the given programs.</summary>
    public ProgramCatalogue(IEnumerable<IProgram> programs)
    {
        foreach (var p in programs) _programs[p.Name] = p;
    }

    /// <summary>The program of a name or path ("/usr/bin/ping" is "ping"), or null.</summary>
    public IProgram? Find(string name) => _programs.GetValueOrDefault(name[(name.LastIndexOf('/') + 1)..]);
}
