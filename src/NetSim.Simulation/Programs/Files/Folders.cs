namespace NetSim.Simulation.Programs.Files;

/// <summary>Folders of a file system that is a list of files: those every image has, those that hold a file, and those that were made.</summary>
internal static class Folders
{
    private static readonly string[] Usual = ["/", "/bin", "/dev", "/etc", "/home", "/lib", "/mnt", "/opt", "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/sbin", "/var", "/var/log", "/var/tmp"];

    /// <summary>Is there such a folder?</summary>
    public static bool Exists(IFiles files, string path)
    {
        path = Clean(path);
        return Usual.Contains(path) || files.Paths().Any(p => p.StartsWith(path + "/", StringComparison.Ordinal));
    }

    /// <summary>The names in a folder, in order; folders end in a slash.</summary>
    public static IReadOnlyList<string> Names(IFiles files, string folder)
    {
        string start = Clean(folder) is "/" ? "/" : Clean(folder) + "/";
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string p in files.Paths().Concat(Usual.Select(u => u + "/")))
        {
            if (!p.StartsWith(start, StringComparison.Ordinal) || p.Length == start.Length) continue;
            string rest = p[start.Length..];
            int slash = rest.IndexOf('/', StringComparison.Ordinal);
            names.Add(slash < 0 ? rest : rest[..(slash + 1)]);
        }
        return [.. names];
    }

    /// <summary>Without a slash at its end.</summary>
    public static string Clean(string path)
    {
        string clean = (path.StartsWith('/') ? path : "/" + path).TrimEnd('/');
        if (clean.EndsWith("/.", StringComparison.Ordinal)) clean = clean[..^2];
        return clean.Length == 0 ? "/" : clean;
    }
}
