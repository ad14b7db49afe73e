using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Workbench.Exporting;

namespace NetSim.Cli.Commands;

/// <summary>The argument and options of netsim run.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _engine = SharedOptions.Engine();
    private readonly Option<int> _seed = SharedOptions.Seed();
    private readonly Option<bool> _strict = new("--strict") { Description = "what NetSim can't model ends the run with exit code 3" };
    private readonly Option<string> _format = SharedOptions.Format();
    private readonly Option<bool> _quiet = SharedOptions.Quiet();
    private readonly Option<bool> _step = new("--step") { Description = "wait for a key after each step; b goes back" };
    private readonly Option<bool> _explain = new("--explain-steps") { Description = "tell all that each command makes and undoes, with what brought it" };
    private readonly Option<string?> _record = new("--record") { Description = "write what the engine looks like at the end into a folder", HelpName = "DIR" };
    private readonly Option<string?> _pcapng = SharedOptions.File("--pcapng", "write all interfaces' packets, for Wireshark");
    private readonly Option<string?> _trace = SharedOptions.File("--trace", "write every event as a line of JSON; with a name that ends in .netsim-trace, as a file that picture, animate and replay open");
    private readonly Option<string?> _picture = SharedOptions.Picture("--picture", "draw the map", Pictures.StillFormats);
    private readonly Option<string?> _animation = SharedOptions.Picture("--animation", "draw the packets on their way", Pictures.AnimationFormats);

    private readonly Option<string[]?> _with = new("--with") { Description = "run this docker line on a bundle (repeatable)", HelpName = "LINE" };

    private readonly ProjectOptions _project = new();

    /// <summary>The scenario.</summary>
    public Argument<string> Scenario { get; } = Named();

    /// <summary>All options in the order of the help.</summary>
    public IEnumerable<Option> All => [_picture, _animation, _pcapng, _trace, _record, _with, .. _project.All, _engine, _seed, _strict, _step, _explain, _format, _quiet];

    /// <summary>What was given.</summary>
    public RunChoices Read(ParseResult r) => new(r.GetValue(Scenario)!, r.GetValue(_engine), r.GetValue(_seed), r.GetValue(_strict), r.GetValue(_format) == "json", r.GetValue(_quiet), r.GetValue(_step))
    {
        Project = _project.Read(r),
        ExplainSteps = r.GetValue(_explain),
        Record = r.GetValue(_record),
        With = r.GetValue(_with) ?? [],
        Pcapng = r.GetValue(_pcapng),
        Trace = r.GetValue(_trace),
        Picture = r.GetValue(_picture),
        Animation = r.GetValue(_animation),
    };

    private static Argument<string> Named()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "a scenario (.yaml), a Compose file, a file of command lines (.sh), or a bundle" };
        scenario.Validators.Add(UsageError.NoOptionAsValue);
        return scenario;
    }
}
