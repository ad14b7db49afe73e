using System.CommandLine;
using NetSim.Analysis.Explanation;
using NetSim.Cli.Output;

namespace NetSim.Cli.Commands;

/// <summary>The options of netsim explain.</summary>
internal sealed class ExplainOptions
{
    private static readonly string?[] NoneNamed = [null];
    private readonly Option<string?> _from = new("--from") { Description = "who asks: a container, a Compose service, host or outside", HelpName = "A" };
    private readonly Option<string?> _to = new("--to") { Description = "for whom: NAME[:PORT], host[:PORT], outside[:PORT], ADDRESS[:PORT], [V6]:PORT", HelpName = "B" };
    private readonly Option<string?> _protocol = new("--protocol") { Description = "tcp where a port is given, else icmp; dns asks whether a name resolves", HelpName = "tcp|udp|icmp|dns" };
    private readonly Option<string[]> _with = new("--with") { Description = "answers after this line too, such as 'docker network connect back web'", HelpName = "LINE" };
    private readonly Option<bool> _all = new("--all") { Description = "who can reach whom at which port" };
    private readonly Option<string?> _engine = new("--engine") { Description = "the Docker Engine that is modelled; several tell where the answer differs: 26,28", HelpName = "VERSIONS" };
    private readonly ProjectOptions _project = new();
    private readonly Option<int> _seed = SharedOptions.Seed();
    private readonly Option<string> _format = SharedOptions.Format();
    private readonly Option<bool> _quiet = SharedOptions.Quiet();

    /// <summary>Allows what is right.</summary>
    public ExplainOptions() => _protocol.AcceptOnlyFromAmong("tcp", "udp", "icmp", "dns");

    /// <summary>The input.</summary>
    public Argument<string> Input { get; } = SharedOptions.Input();

    /// <summary>All options.</summary>
    public IReadOnlyList<Option> All => [_from, _to, _protocol, _with, _all, _engine, _seed, _format, _quiet, .. _project.All];

    /// <summary>Is it said who asks, and for whom?</summary>
    public bool IsComplete(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_all) || (result.GetValue(_from) is not null && result.GetValue(_to) is not null);

    /// <summary>What a person chose.</summary>
    public ExplainChoices Read(ParseResult result) => new()
    {
        Input = result.GetValue(Input)!,
        From = result.GetValue(_from),
        To = result.GetValue(_to),
        Protocol = Enum.TryParse<AskedProtocol>(result.GetValue(_protocol), ignoreCase: true, out var p) ? p : null,
        With = result.GetValue(_with) ?? [],
        All = result.GetValue(_all),
        Engines = result.GetValue(_engine) is { Length: > 0 } list ? [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] : NoneNamed,
        Seed = result.GetValue(_seed),
        Project = _project.Read(result),
        Json = result.GetValue(_format) == "json",
        Quiet = result.GetValue(_quiet),
    };
}
