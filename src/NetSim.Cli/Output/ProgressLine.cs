using System.Globalization;
using NetSim.Workbench.Analysing;

namespace NetSim.Cli.Output;

/// <summary>How far an analysis is, on one line of a terminal's standard error that is written over.</summary>
internal sealed class ProgressLine(Door door, bool wanted) : IDisposable
{
    private const int StepMilliseconds = 200;
    private readonly System.Diagnostics.Stopwatch _since = System.Diagnostics.Stopwatch.StartNew();
    private long _shown;
    private bool _isThere;

    /// <summary>Shows it, five times a second at most.</summary>
    public void Show(AnalysisProgress progress)
    {
        if (!wanted || !door.Progress || _since.ElapsedMilliseconds - _shown < StepMilliseconds) return;
        _shown = _since.ElapsedMilliseconds;
        _isThere = true;
        double seconds = Math.Max(0.001, _since.Elapsed.TotalSeconds);
        string left = progress.Share is > 0.001 and { } share ? string.Create(CultureInfo.InvariantCulture, $", {share:0 %}, {Math.Max(0, seconds / share - seconds):0} s left") : "";
        door.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{progress.Packets:#,0} packets, {progress.Packets / seconds:#,0} a second{left}\u001b[K"));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_isThere) door.Error.Write("\r\u001b[K");
        _isThere = false;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
