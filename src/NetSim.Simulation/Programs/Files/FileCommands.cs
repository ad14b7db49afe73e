using System.Globalization;
using System.Text;

namespace NetSim.Simulation.Programs.Files;

/// <summary>ls: names, or with -l what is known of files; -a -d -1.</summary>
internal sealed class Ls(bool isBusybox) : IProgram
{
    public string Name => isBusybox ? "busybox ls" : "ls";

    public Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, []);
        var paths = arguments.Operands.DefaultIfEmpty("/").ToList();
        int code = 0;
        foreach (string path in paths.ToList())
        {
            if (process.Files.Read(path) is not null || Folders.Exists(process.Files, path)) continue;
            code = process.Fail(isBusybox ? 1 : 2, isBusybox ? $"ls: {path}: No such file or directory" : $"ls: cannot access '{path}': No such file or directory");
            paths.Remove(path);
        }
        var text = new StringBuilder();
        foreach (string path in paths)
        {
            if (process.Files.Read(path) is not null || arguments.Has("d")) text.Append(Line(process, arguments, path, path));
        }
        bool titled = arguments.Operands.Count > 1;
        foreach (string path in paths.Where(p => process.Files.Read(p) is null && !arguments.Has("d")))
        {
            if (titled) text.Append(text.Length > 0 ? "\n" : "").Append(path).Append(":\n");
            if (arguments.Has("l")) text.Append("total 4\n");
            foreach (string n in Folders.Names(process.Files, path).Where(n => arguments.Has("a", "A") || !n.StartsWith('.')))
                text.Append(Line(process, arguments, Folders.Clean(path).TrimEnd('/') + "/" + n, n.TrimEnd('/')));
        }
        process.Output.Write(text.ToString());
        return Task.FromResult(code);
    }

    private static string Line(ProcessContext process, Arguments arguments, string path, string shown)
    {
        if (!arguments.Has("l")) return shown + "\n";
        bool folder = path.EndsWith('/') || process.Files.Read(path) is null;
        int size = folder ? 4096 : Encoding.UTF8.GetByteCount(process.Files.Read(path)!);
        return $"{(folder ? "drwxr-xr-x 2" : "-rw-r--r-- 1")} root root {size,4} {process.Clock.Wall.ToString("MMM d HH:mm", CultureInfo.InvariantCulture)} {shown}\n";
    }
}

/// <summary>mkdir, rmdir, touch, rm, cp, mv.</summary>
internal sealed class FileCommand(string name) : IProgram
{
    public string Name => name;

    public Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["m"]);
        var paths = arguments.Operands;
        if (paths.Count == 0) return Task.FromResult(process.Fail(1, $"{name}: missing {(name == "touch" || name is "cp" or "mv" ? "file " : "")}operand\nTry '{name} --help' for more information."));
        if (name is "cp" or "mv") return Task.FromResult(Copy(process, paths));
        int code = 0;
        foreach (string path in paths) code = Math.Max(code, One(process, arguments, path));
        return Task.FromResult(code);
    }

    private int One(ProcessContext process, Arguments arguments, string path)
    {
        var files = process.Files;
        string clean = Folders.Clean(path);
        bool file = files.Read(clean) is not null, folder = !file && Folders.Exists(files, clean);
        switch (name)
        {
            case "mkdir":
                if (file || folder) return arguments.Has("p") && folder ? 0 : process.Fail(1, $"mkdir: cannot create directory '{path}': File exists");
                string above = clean[..Math.Max(1, clean.LastIndexOf('/'))];
                if (!arguments.Has("p") && !Folders.Exists(files, above)) return process.Fail(1, $"mkdir: cannot create directory '{path}': No such file or directory");
                files.Write(clean + "/", "");
                return 0;
            case "touch":
                if (!file && !folder) files.Write(clean, "");
                return 0;
            case "rmdir":
                files.Remove(clean + "/");
                return 0;
            default: return Remove(process, arguments, path, file, folder);
        }
    }

    private static int Remove(ProcessContext process, Arguments arguments, string path, bool file, bool folder)
    {
        string clean = Folders.Clean(path);
        if (!file && !folder) return arguments.Has("f") ? 0 : process.Fail(1, $"rm: cannot remove '{path}': No such file or directory");
        if (folder && !arguments.Has("r", "R")) return process.Fail(1, $"rm: cannot remove '{path}': Is a directory");
        foreach (string p in process.Files.Paths().Where(p => p == clean || p.StartsWith(clean + "/", StringComparison.Ordinal)).ToList()) process.Files.Remove(p);
        return 0;
    }

    private int Copy(ProcessContext process, IReadOnlyList<string> paths)
    {
        if (paths.Count < 2) return process.Fail(1, $"{name}: missing destination file operand after '{paths[0]}'\nTry '{name} --help' for more information.");
        string to = Folders.Clean(paths[^1]);
        bool folder = process.Files.Read(to) is null && Folders.Exists(process.Files, to);
        int code = 0;
        foreach (string from in paths.Take(paths.Count - 1))
        {
            if (process.Files.Read(Folders.Clean(from)) is not { } text) code = process.Fail(1, $"{name}: cannot stat '{from}': No such file or directory");
            else
            {
                process.Files.Write(folder ? $"{to.TrimEnd('/')}/{from[(from.LastIndexOf('/') + 1)..]}" : to, text);
                if (name == "mv") process.Files.Remove(Folders.Clean(from));
            }
        }
        return code;
    }
}
