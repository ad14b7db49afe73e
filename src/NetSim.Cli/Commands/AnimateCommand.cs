using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Commands;

/// <summary>netsim animate: an animation of any input.</summary>
internal static class AnimateCommand
{
    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var (input, engine, seed, theme, quiet) = (SharedOptions.Input(), SharedOptions.Engine(), SharedOptions.Seed(), SharedOptions.Theme(), SharedOptions.Quiet());
        var output = SharedOptions.Picture("-o", "where to", Pictures.AnimationFormats);
        output.Required = true;
        var rate = new Option<int?>("--fps") { Description = "frames in a second, 1 to 60", HelpName = "N" };
        rate.Validators.Add(r => { if (r.GetValueOrDefault<int?>() is not (null or (>= 1 and <= 60))) r.AddError("--fps should be a number from 1 to 60"); });
        var command = new Command("animate", "Draws the packets on their way, as an animation.\n\nExample: netsim animate scenarios/app-network.yaml -o app.webp") { input, output, rate, theme, engine, seed, quiet };
        var project = new ProjectOptions();
        foreach (var o in project.All) command.Options.Add(o);
        command.SetAction(r =>
        {
            var opened = InputOpening.Open(r.GetValue(input)!, r.GetValue(engine), r.GetValue(seed), door.Interrupted, project.Read(r));
            if (!r.GetValue(quiet)) door.Warn(opened.Warnings);
            Pictures.Animation(opened, r.GetValue(output)!, new PictureWish { Theme = r.GetValue(theme)!, FramesPerSecond = r.GetValue(rate) }, door.Interrupted);
            door.Out.WriteLine($"wrote {r.GetValue(output)}");
            return ExitCode.Yes;
        });
        return command;
    }
}
