using NetSim.Model.Input;
using NetSim.Model.Tracing;
using NetSim.Workbench.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Opens any input, told by its content: a trace, a capture, a bundle, or a scenario, which is run.</summary>
public static class InputOpening
{
    /// <summary>Opens one.</summary>
    /// <param name="path">A scenario, a bundle or a capture; "-" is a capture on standard input.</param>
    /// <param name="engine">The engine for a scenario, or null for its own choice; for a bundle the engine that it is of, or null where its files tell.</param>
    /// <param name="seed">Makes a scenario's chance.</param>
    /// <param name="cancel">Ends a scenario's run.</param>
    /// <param name="project">What else is said of a Compose project, or null.</param>
    /// <exception cref="InputException">It can't be read.</exception>
    public static Opened Open(string path, string? engine, int seed, CancellationToken cancel, ProjectWish? project = null) =>
        TraceFile.IsTrace(path) ? Trace(path) : IsCapture(path) ? Captures([path], null, cancel) : BundleOpening.IsBundle(path) ? Bundle(path, engine) : Of(ScenarioOpening.Run(path, engine, seed, cancel, project));

    /// <summary>Opens the file of a trace; what is not whole about it is a warning.</summary>
    /// <exception cref="InputException">It can't be read, or nothing of it is whole.</exception>
    private static Opened Trace(string path)
    {
        var file = TraceFile.Open(path);
        var trace = file.Trace();
        if (trace.Count == 0) throw new InputException(path, "", file.Damage is { } damage ? damage[(path.Length + 2)..] : "there is no event in this trace");
        return new(trace, file.Head.Title.Length > 0 ? file.Head.Title : Path.GetFileName(path), file.Head.Engine, file.Damage is { } cut ? [cut] : []);
    }

    /// <summary>A run as what it shows.</summary>
    public static Opened Of(Simulated run) => new(run.Trace, run.Title, run.Engine, run.Warnings);

    /// <summary>Opens captures together, on a topology that is known (a bundle, or a scenario, which is run) or guessed.</summary>
    /// <param name="paths">Files; "-" is standard input.</param>
    /// <param name="topology">A bundle or a scenario, or null.</param>
    /// <param name="cancel">Ends a scenario's run.</param>
    /// <exception cref="InputException">One can't be read.</exception>
    public static Opened Captures(IReadOnlyList<string> paths, string? topology, CancellationToken cancel)
    {
        if (paths.FirstOrDefault(TraceFile.IsTrace) is { } file)
            return paths.Count == 1 && topology is null ? Trace(file) : throw new InputException(file, "", "is a trace of NetSim, which has its topology in it and stands alone: no other file and no --topology");
        var read = topology is null ? CaptureOpening.Read(paths)
            : Directory.Exists(topology) || BundleOpening.IsBundle(topology) ? CaptureOpening.Read(paths, topology)
            : CaptureOpening.Read(paths, [.. ScenarioOpening.Run(topology, null, 1, cancel).Trace.Changes]);
        string title = paths.Count == 1 ? Path.GetFileName(paths[0]) : $"{Path.GetFileName(paths[0])} and {paths.Count - 1} more";
        return new(read.Trace, title, "", read.Warnings);
    }

    private static Opened Bundle(string path, string? engine)
    {
        var bundle = BundleOpening.Read(path, engine);
        var trace = new Trace();
        foreach (var c in bundle.Changes) trace.Add(SimTime.Zero, c);
        return new(trace, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), bundle.Version, bundle.Warnings);
    }

    /// <summary>Is it a bundle?</summary>
    public static bool IsBundle(string path) => BundleOpening.IsBundle(path);

    /// <summary>The first bytes of pcap (either order, micro- or nanoseconds), pcapng, gzip and zstd.</summary>
    internal static bool IsCapture(string path)
    {
        if (path == "-") return true;
        if (!File.Exists(path)) return false;
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> magic = stackalloc byte[4];
            if (stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4) return false;
            return Convert.ToHexString(magic) is "A1B2C3D4" or "D4C3B2A1" or "A1B2CD34" or "34CDB2A1" or "A1B23C4D" or "4D3CB2A1" or "0A0D0D0A" or "28B52FFD" || (magic[0] == 0x1F && magic[1] == 0x8B);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "", "the file can't be read: " + e.Message);
        }
    }
}
