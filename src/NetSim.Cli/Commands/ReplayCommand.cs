using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Live;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Commands;

/// <summary>netsim replay: maps captures onto a topology and shows them as if they were simulated, or puts them back on a wire.</summary>
internal static class ReplayCommand
{
    private const string Help = "Maps captures onto a topology, known or guessed, and draws them or writes their trace; with --interface sends them there.\n\nExample: netsim replay br-app.pcap --picture map.png\nExample: netsim replay br-app.pcap --interface veth0 --speed 2";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var captures = new Argument<string[]>("CAPTURE") { Description = "pcap or pcapng files; - is standard input", Arity = ArgumentArity.OneOrMore };
        captures.Validators.Add(UsageError.NoOptionAsValue);
        var topology = new Option<string?>("--topology") { Description = "where they were taken, else it is guessed; with --interface: whose addresses they get", HelpName = "BUNDLE|SCENARIO" };
        var trace = SharedOptions.File("--trace", "write every event as a line of JSON");
        var picture = SharedOptions.Picture("--picture", "draw the map", Pictures.StillFormats);
        var animation = SharedOptions.Picture("--animation", "draw the packets on their way", Pictures.AnimationFormats);
        var wire = new WireOptions();
        var (theme, format, quiet) = (SharedOptions.Theme(), SharedOptions.Format(), SharedOptions.Quiet());
        var command = new Command("replay", Help) { captures, topology, picture, animation, trace, theme, format, quiet };
        wire.AddTo(command);
        command.SetAction(r =>
        {
            bool draws = r.GetValue(trace) is not null || r.GetValue(picture) is not null || r.GetValue(animation) is not null;
            if (wire.Wish(r, r.GetValue(captures)!, r.GetValue(topology)) is { } wish)
            {
                WireReport.Tell(door, WireReplaying.Run(wish, door.Interrupted), r.GetValue(format) == "json", r.GetValue(quiet));
                if (door.Interrupted.IsCancellationRequested || !draws) return door.Interrupted.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Yes;
            }
            Draw(r);
            return ExitCode.Yes;
        });
        return command;

        void Draw(ParseResult r)
        {
            var opened = InputOpening.Captures(r.GetValue(captures)!, r.GetValue(topology), door.Interrupted);
            if (!r.GetValue(quiet)) door.Warn(opened.Warnings);
            var wish = new PictureWish { Theme = r.GetValue(theme)! };
            door.Out.WriteLine(Told(opened));
            Write(r.GetValue(trace), p => RunExport.Trace(opened, p));
            Write(r.GetValue(picture), p => Pictures.Still(opened, p, wish));
            Write(r.GetValue(animation), p => Pictures.Animation(opened, p, wish, door.Interrupted));
        }

        void Write(string? path, Action<string> write)
        {
            if (path is null) return;
            write(path);
            door.Out.WriteLine($"wrote {path}");
        }
    }

    private static string Told(Opened opened) => $"{opened.Title}: {opened.Trace.Packets.Count} frames, {opened.Trace.Count} events";
}
