using System.CommandLine;
using System.Globalization;
using NetSim.Workbench.Live;

namespace NetSim.Cli.Commands;

/// <summary>Options of a replay that goes to a wire.</summary>
internal sealed class WireOptions
{
    private readonly Option<string?> _interface = new("--interface") { Description = "send the packets on this interface, and on no other", HelpName = "IF" };
    private readonly Option<double?> _speed = Number("--speed", "so many times as fast as captured", "X");
    private readonly Option<double?> _rate = Number("--pps", "so many packets a second, evenly", "N");
    private readonly Option<bool> _top = new("--topspeed") { Description = "as fast as it goes" };
    private readonly Option<int?> _loop = new("--loop") { Description = "so many times over", HelpName = "N" };
    private readonly Option<string?> _netns = new("--netns") { Description = "the interface is in this network namespace", HelpName = "NAME" };
    private readonly Option<string[]> _map = new("--map") { Description = "an address becomes another, or that of a container of --topology; may be given several times", HelpName = "ADDRESS=NAME" };

    /// <summary>Gives them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_interface, _speed, _rate, _top, _loop, _netns, _map]) command.Options.Add(option);
        _loop.Validators.Add(r => { if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int n) || n < 1)) r.AddError("--loop should be a number such as 10"); });
        command.Validators.Add(r =>
        {
            var given = ((Option[])[_speed, _rate, _top]).Where(o => r.GetResult(o) is { Implicit: false }).Select(o => o.Name).ToList();
            if (given.Count > 1) r.AddError($"{string.Join(" and ", given)} each say how fast; give one");
            var alone = ((Option[])[_speed, _rate, _top, _loop, _netns, _map]).FirstOrDefault(o => r.GetResult(o) is { Implicit: false });
            if (alone is not null && r.GetResult(_interface) is null) r.AddError($"{alone.Name} is for sending: --interface IF says where");
        });
    }

    /// <summary>What is asked; null without --interface.</summary>
    public WireWish? Wish(ParseResult r, IReadOnlyList<string> captures, string? topology) => r.GetValue(_interface) is not { } name ? null : new()
    {
        Paths = captures,
        Interface = name,
        Namespace = r.GetValue(_netns),
        Speed = r.GetValue(_speed) ?? 1,
        PacketsPerSecond = r.GetValue(_rate),
        IsTopSpeed = r.GetValue(_top),
        Loops = r.GetValue(_loop) ?? 1,
        Topology = topology,
        Maps = r.GetValue(_map) ?? [],
    };

    private static Option<double?> Number(string name, string description, string help)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = help };
        option.Validators.Add(r => { if (r.Tokens.Count > 0 && !(double.TryParse(r.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double x) && x is > 0 and < 1e9)) r.AddError($"{name} {r.Tokens[0].Value}: a number above 0 was expected"); });
        return option;
    }
}
