using System.CommandLine;
using NetSim.Analysis.Explanation;
using NetSim.Model.Input;
using NetSim.Workbench.Exporting;

namespace NetSim.Cli.Commands;

/// <summary>The options of netsim picture.</summary>
internal sealed class PictureOptions
{
    private readonly Option<string?> _protocol = new("--protocol") { Description = "tcp where a port is given, else icmp", HelpName = "tcp|udp|icmp" };

    /// <summary>Allows what is right.</summary>
    public PictureOptions()
    {
        Output.Required = true;
        View.AcceptOnlyFromAmong([.. Pictures.Views]);
        _protocol.AcceptOnlyFromAmong("tcp", "udp", "icmp");
        Scale.Validators.Add(r => { if (r.GetValueOrDefault<double?>() is not (null or (>= 0.1 and <= 8))) r.AddError("--scale should be a number from 0.1 to 8"); });
    }

    /// <summary>The input.</summary>
    public Argument<string> Input { get; } = SharedOptions.Input();

    /// <summary>The file to write.</summary>
    public Option<string?> Output { get; } = SharedOptions.Picture("-o", "where to", Pictures.StillFormats);

    /// <summary>What to draw.</summary>
    public Option<string> View { get; } = new("--view") { Description = "what to draw", DefaultValueFactory = _ => "map", HelpName = string.Join('|', Pictures.Views) };

    /// <summary>The instant.</summary>
    public Option<double?> At { get; } = new("--at") { Description = "seconds from the beginning; else a telling instant is chosen", HelpName = "TIME" };

    /// <summary>Width and height.</summary>
    public Option<string?> Size { get; } = PictureSize.Option();

    /// <summary>Pixels.</summary>
    public Option<double?> Scale { get; } = new("--scale") { Description = "pixels for each px of the drawing; 2, with --size 1", HelpName = "N" };

    /// <summary>The colours.</summary>
    public Option<string> Theme { get; } = SharedOptions.Theme();

    /// <summary>Who sends the packet of the firewall view.</summary>
    public Option<string?> From { get; } = new("--from") { Description = "with --view firewall: who sends the packet; else the one that rules had most to say about", HelpName = "A" };

    /// <summary>To whom.</summary>
    public Option<string?> To { get; } = new("--to") { Description = "with --view firewall: to whom, as for explain", HelpName = "B" };

    /// <summary>The engine.</summary>
    public Option<string?> Engine { get; } = SharedOptions.Engine();

    /// <summary>Chance.</summary>
    public Option<int> Seed { get; } = SharedOptions.Seed();

    /// <summary>Without warnings?</summary>
    public Option<bool> Quiet { get; } = SharedOptions.Quiet();

    /// <summary>A Compose project's.</summary>
    public ProjectOptions Project { get; } = new();

    /// <summary>All options.</summary>
    public IReadOnlyList<Option> All => [Output, View, At, Size, Scale, Theme, From, To, _protocol, Engine, Seed, Quiet, .. Project.All];

    /// <summary>The packet that is asked for, or null.</summary>
    /// <exception cref="InputException">An end is none.</exception>
    public Question? Question(ParseResult r)
    {
        if (r.GetValue(From) is not { } from || r.GetValue(To) is not { } to) return null;
        try
        {
            return Analysis.Explanation.Question.Read(from, to, Enum.TryParse<AskedProtocol>(r.GetValue(_protocol), ignoreCase: true, out var p) ? p : null);
        }
        catch (FormatException e)
        {
            throw new InputException("--to", "", e.Message);
        }
    }
}
