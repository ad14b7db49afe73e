using NetSim.Capture.Correlation;
using NetSim.Model.Input;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>Opens captures for a door: packets on a topology that is known, or guessed from them.</summary>
public static class CaptureOpening
{
    /// <summary>Reads captures on a topology that is guessed from their packets.</summary>
    /// <param name="paths">Files; "-" is standard input.</param>
    /// <exception cref="InputException">A file can't be read at all.</exception>
    public static OpenedCapture Read(IReadOnlyList<string> paths) => Of(CaptureTrace.Read(paths));

    /// <summary>Reads captures that were taken on a known host.</summary>
    /// <param name="paths">Files; "-" is standard input.</param>
    /// <param name="bundle">What is known of it: a bundle, or a folder whose captures.json says at least where captures were taken.</param>
    /// <exception cref="InputException">A file can't be read at all, or the bundle tells nothing.</exception>
    public static OpenedCapture Read(IReadOnlyList<string> paths, string bundle)
    {
        if (BundleOpening.IsBundle(bundle))
        {
            var known = BundleOpening.Read(bundle);
            var opened = Read(paths, known.Changes, known.Files);
            return opened with { Warnings = [.. known.Warnings, .. opened.Warnings] };
        }
        var points = CapturePointList.Read(bundle) ?? throw new InputException(bundle, "", "is no bundle; a directory or .zip with network-inspect.json and container-inspect.json was expected");
        return Read(paths, points.Changes(), points.Files);
    }

    /// <summary>Reads captures that were taken on a known host.</summary>
    /// <param name="paths">Files; "-" is standard input.</param>
    /// <param name="changes">What builds its topology: the changes of a simulation's trace, or of a bundle.</param>
    /// <param name="files">Places by file; what is not among them is found by names and MAC addresses.</param>
    /// <exception cref="InputException">A file can't be read at all.</exception>
    public static OpenedCapture Read(IReadOnlyList<string> paths, IReadOnlyList<Change> changes, IReadOnlyDictionary<string, Place>? files = null) =>
        Of(CaptureTrace.Read(paths, new(changes, files ?? new Dictionary<string, Place>(StringComparer.Ordinal))));

    private static OpenedCapture Of(CaptureTrace read) => new(read.Trace, read.Packets, read.Sightings, read.Damages.Count == 0, read.Warnings);
}

/// <summary>Captures, opened.</summary>
/// <param name="Trace">Topology and sightings.</param>
/// <param name="Packets">Packets, each counted once however often it was seen.</param>
/// <param name="Sightings">Packets as the files hold them.</param>
/// <param name="Whole">False when a file is cut or damaged; a warning says where.</param>
/// <param name="Warnings">Sentences for standard error.</param>
public sealed record OpenedCapture(Trace Trace, int Packets, int Sightings, bool Whole, IReadOnlyList<string> Warnings);
