using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Output;

/// <summary>Writes the files that were asked for.</summary>
internal static class RunFiles
{
    /// <summary>Writes them and returns their names.</summary>
    public static IReadOnlyList<string> Write(Simulated run, RunChoices choices, Door door)
    {
        var written = new List<string>();
        One(choices.Pcapng, RunExport.Pcapng);
        if (choices.TraceFile is { } there) written.Add(there); // made while it ran
        else One(choices.Trace, RunExport.Trace);
        One(choices.Picture, (r, path) => Pictures.Still(InputOpening.Of(r), path, new PictureWish()));
        One(choices.Animation, (r, path) => Pictures.Animation(InputOpening.Of(r), path, new PictureWish(), door.Interrupted));
        One(choices.Record, RunExport.Recording);
        return written;

        void One(string? path, Action<Simulated, string> write)
        {
            if (path is null) return;
            if (door.Progress && !choices.Quiet) door.Error.WriteLine($"writing {path}");
            write(run, path);
            written.Add(path);
        }
    }
}
