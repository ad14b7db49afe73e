using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Commands;

/// <summary>netsim picture: a still of any input.</summary>
internal static class PictureCommand
{
    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var (input, engine, seed, theme, quiet) = (SharedOptions.Input(), SharedOptions.Engine(), SharedOptions.Seed(), SharedOptions.Theme(), SharedOptions.Quiet());
        var output = SharedOptions.Picture("-o", "where to", Pictures.StillFormats);
        output.Required = true;
        var view = new Option<string>("--view") { Description = "what to draw", DefaultValueFactory = _ => "map", HelpName = string.Join('|', Pictures.Views) };
        view.AcceptOnlyFromAmong([.. Pictures.Views]);
        var at = new Option<double?>("--at") { Description = "seconds from the beginning; else a telling instant is chosen", HelpName = "TIME" };
        var scale = new Option<double?>("--scale") { Description = "pixels for each px of the drawing; 2, with --size 1", HelpName = "N" };
        scale.Validators.Add(r => { if (r.GetValueOrDefault<double?>() is not (null or (>= 0.1 and <= 8))) r.AddError("--scale should be a number from 0.1 to 8"); });
        var size = PictureSize.Option();
        var command = new Command("picture", "Draws a still.\n\nExample: netsim picture scenarios/app-network.yaml --view ladder -o ladder.png --theme dark") { input, output, view, at, size, scale, theme, engine, seed, quiet };
        var project = new ProjectOptions();
        foreach (var o in project.All) command.Options.Add(o);
        command.SetAction(r =>
        {
            var opened = InputOpening.Open(r.GetValue(input)!, r.GetValue(engine), r.GetValue(seed), door.Interrupted, project.Read(r));
            if (!r.GetValue(quiet)) door.Warn(opened.Warnings);
            Pictures.Still(opened, r.GetValue(output)!, new PictureWish { Theme = r.GetValue(theme)!, View = r.GetValue(view)!, Size = PictureSize.Read(r.GetValue(size)), Scale = r.GetValue(scale) ?? (r.GetValue(size) is null ? 2 : 1), At = r.GetValue(at) });
            door.Out.WriteLine($"wrote {r.GetValue(output)}");
            return ExitCode.Yes;
        });
        return command;
    }
}
