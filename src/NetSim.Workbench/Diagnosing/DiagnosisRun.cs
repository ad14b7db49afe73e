using System.IO.Compression;
using NetSim.Analysis.Findings;
using NetSim.Analysis.Rules;
using NetSim.Analysis.Sightings;
using NetSim.Capture.Files;
using NetSim.Model.Input;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Running;
using NetSim.Workbench.Explaining;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Diagnosing;

/// <summary>Finds faults in captures, a bundle or a scenario, together or alone.</summary>
public sealed class DiagnosisRun
{
    private readonly DiagnosisWish _wish;
    private readonly CancellationToken _stop;
    private readonly List<string> _warnings = [];
    private readonly TrafficBook _book = new();
    private readonly List<string> _captures = [];
    private readonly List<(string Zip, string Entry)> _packed = [];
    private string? _model;

    private DiagnosisRun(DiagnosisWish wish, CancellationToken stop) => (_wish, _stop) = (wish, stop);

    /// <summary>Diagnoses.</summary>
    /// <exception cref="InputException">Something can't be read, or two models are given.</exception>
    /// <exception cref="OperationCanceledException">It was asked to end.</exception>
    public static Diagnosed Of(DiagnosisWish wish, CancellationToken stop) => new DiagnosisRun(wish, stop).Diagnose();

    private Diagnosed Diagnose()
    {
        foreach (string path in _wish.Paths) Take(path);
        if (_wish.Topology is { } topology) Model(topology);
        bool simulated = _model is not null && !BundleOpening.IsBundle(_model) && _captures.Count + _packed.Count == 0;
        var known = _model is null ? null : Known(simulated);
        foreach (string file in _captures) Read(CaptureReader.Open(file), file);
        foreach (var (zip, entry) in _packed) ReadPacked(zip, entry);
        var c = (known ?? new DiagnosisCase { Traffic = _book });
        var findings = Diagnoses.Of(c);
        if (_book.IsFull) _warnings.Add($"there are more than {TrafficBook.MostFollowed:#,0} flows; those beyond are not looked at");
        string title = _wish.Paths.Count == 1 ? _wish.Paths[0] : $"{Path.GetFileName(_wish.Paths[0])} and {_wish.Paths.Count - 1} more";
        return new(title, c.Model is not null, _book.Packets, _points, simulated, Remedies.For(findings, _frozen, _wish.Tries, _stop), _warnings);
    }

    private IReadOnlyDictionary<string, Place> _files = new Dictionary<string, Place>(StringComparer.Ordinal);
    private Func<IReadOnlyList<string>, FrozenInput>? _frozen;
    private int _points;

    private void Take(string path)
    {
        if (InputOpening.IsCapture(path)) _captures.Add(path);
        else if (Directory.Exists(path)) Folder(path);
        else if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && File.Exists(path)) Zip(path);
        else Model(path);
    }

    private void Model(string path)
    {
        if (_model is not null && _model != path) throw new InputException(path, "", $"is a second model; {_model} is one already, and one bundle or scenario is looked at at a time");
        _model = path;
    }

    private void Folder(string path)
    {
        string inner = Directory.Exists(Path.Combine(path, "pcap")) ? Path.Combine(path, "pcap") : path;
        var files = Directory.GetFiles(inner).Where(f => f.EndsWith(".pcap", StringComparison.Ordinal) || f.EndsWith(".pcapng", StringComparison.Ordinal)).Where(f => new FileInfo(f).Length > 0).Order(StringComparer.Ordinal).ToList();
        if (BundleOpening.IsBundle(path) || files.Count == 0) Model(path);
        else if (CapturePointList.Read(path) is { } list) _files = list.Files;
        _captures.AddRange(files);
    }

    private void Zip(string path)
    {
        Model(path);
        using var zip = OpenZip(path);
        _packed.AddRange(zip.Entries.Where(e => e.Length > 0 && e.FullName.Contains("pcap/", StringComparison.Ordinal) && (e.Name.EndsWith(".pcap", StringComparison.Ordinal) || e.Name.EndsWith(".pcapng", StringComparison.Ordinal))).Select(e => (path, e.FullName)).OrderBy(e => e.FullName, StringComparer.Ordinal));
    }

    private static ZipArchive OpenZip(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "", "is no bundle: neither a directory nor a .zip that is whole");
        }
    }

    private void ReadPacked(string path, string entry)
    {
        using var zip = OpenZip(path);
        using var whole = new MemoryStream();
        using (var packed = zip.GetEntry(entry)!.Open()) packed.CopyTo(whole);
        whole.Position = 0;
        Read(CaptureReader.Open(whole, $"{path}/{entry}"), entry);
    }

    private void Read(CaptureReader reader, string path)
    {
        using (reader) TrafficReading.Read(_book, reader, i => FileNames.Of(path, i, _files), _warnings, _stop);
        _points++;
    }

    private DiagnosisCase Known(bool simulated)
    {
        if (BundleOpening.IsBundle(_model!)) return Bundle(_model!);
        var version = ScenarioOpening.Engine(_wish.Engine);
        var scenario = ScenarioOpening.Read(_model!, _wish.Project);
        var run = ScenarioRun.Run(scenario, new RunSettings { Engine = version, Seed = _wish.Seed, Cancel = _stop });
        _warnings.AddRange(run.Warnings);
        if (simulated) TrafficReading.Read(_book, run.Trace);
        _points += simulated ? run.Trace.Places.Count(p => p.Interface is not null) : 0;
        _frozen = lines => FrozenInput.Open(new(_model!, _wish.Engine, _wish.Seed, _wish.Project), lines, _stop);
        var frozen = FrozenInput.Of(run);
        return new()
        {
            Model = frozen.Explainer,
            IsSimulated = simulated,
            Traffic = simulated || _captures.Count + _packed.Count > 0 ? _book : null,
            Wanted = [.. WantedSteps.Pairs(run), .. WantedSettings.Pairs(run.Topology, WantedSettings.Of(run.Topology))],
            Intended = [.. WantedSteps.Intended(run)],
            Errors = [.. WantedSteps.Errors(run)],
            Changes = [.. run.Trace.Changes],
            Engine = run.Engine.ToString(),
        };
    }

    private DiagnosisCase Bundle(string path)
    {
        var bundle = BundleOpening.Read(path, _wish.Engine);
        var folder = BundleFolder.Open(path);
        _warnings.AddRange(bundle.Warnings);
        if (bundle.Files.Count > 0) _files = bundle.Files;
        _frozen = lines => FrozenInput.Open(new(path, _wish.Engine, _wish.Seed, null), lines, _stop);
        var frozen = _frozen([]);
        return new()
        {
            Model = frozen.Explainer,
            Traffic = _captures.Count + _packed.Count > 0 ? _book : null,
            Wanted = [.. WantedSettings.Pairs(frozen.Explainer.Topology, WantedSettings.Of(folder))],
            Errors = [.. WantedSettings.Errors(folder)],
            Missing = [.. bundle.Missing.Select(m => new MissingRow(m.Kind, m.Place, m.Text, m.Origin))],
            Engine = bundle.Version,
        };
    }
}
