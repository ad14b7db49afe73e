using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Workbench.Explaining;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Commands;

/// <summary>netsim picture: a still of any input.</summary>
internal static class PictureCommand
{
    private const string Help = "Draws a still: the map, a ladder of packets, a timeline, one packet's way through the firewall, or the addresses.\n\n"
        + "Example: netsim picture scenarios/app-network.yaml --view ladder -o ladder.png --theme dark";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var o = new PictureOptions();
        var command = new Command("picture", Help) { o.Input };
        foreach (var option in o.All) command.Options.Add(option);
        command.Validators.Add(r =>
        {
            if (r.GetValue(o.From) is null != r.GetValue(o.To) is null) r.AddError("say who asks and for whom: --from web --to db:6379");
            if (r.GetValue(o.From) is not null && r.GetValue(o.View) != "firewall") r.AddError("--from and --to choose the packet of --view firewall");
        });
        command.SetAction(r => Run(door, o, r));
        return command;
    }

    private static int Run(Door door, PictureOptions o, ParseResult r)
    {
        string input = r.GetValue(o.Input)!, path = r.GetValue(o.Output)!, view = r.GetValue(o.View)!;
        var opened = InputOpening.Open(input, r.GetValue(o.Engine), r.GetValue(o.Seed), door.Interrupted, o.Project.Read(r));
        if (!r.GetValue(o.Quiet)) door.Warn(opened.Warnings);
        var question = o.Question(r);
        bool asks = view == "firewall" && (question is not null || InputOpening.IsBundle(input));
        Pictures.Still(opened, path, new PictureWish
        {
            View = view,
            Theme = r.GetValue(o.Theme)!,
            Size = PictureSize.Read(r.GetValue(o.Size)),
            Scale = r.GetValue(o.Scale) ?? (r.GetValue(o.Size) is null ? 2 : 1),
            At = r.GetValue(o.At),
            Firewall = asks ? FirewallStories.Ask(new InputWish(input, r.GetValue(o.Engine), r.GetValue(o.Seed), o.Project.Read(r)), question, door.Interrupted) : null,
        });
        door.Out.WriteLine($"wrote {path}");
        return ExitCode.Yes;
    }
}
