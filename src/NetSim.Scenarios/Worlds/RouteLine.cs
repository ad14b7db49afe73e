using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Scenarios.Reading;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Worlds;

/// <summary>A route in the words of `ip route add`: "default via 203.0.113.1", "blackhole 198.51.100.0/24".</summary>
internal static class RouteLine
{
    /// <summary>Reads one.</summary>
    public static Route Read(YamlMap m, YamlNode n)
    {
        var words = m.Scalar(n, "routes").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var type = words.FirstOrDefault() switch
        {
            "blackhole" => RouteType.Blackhole,
            "unreachable" => RouteType.Unreachable,
            "prohibit" => RouteType.Prohibit,
            _ => RouteType.Unicast,
        };
        if (type != RouteType.Unicast) words.RemoveAt(0);
        if (words.Count == 0) throw Wrong(m, n);
        IpAddress? gateway = After(words, "via") is { } v ? IpAddress.TryParse(v, out var g) ? g : throw Wrong(m, n) : null;
        return new Route
        {
            Type = type,
            Gateway = gateway,
            Interface = After(words, "dev") ?? "",
            Destination = Destination(words[0], gateway) ?? throw Wrong(m, n),
        };
    }

    private static Subnet? Destination(string text, IpAddress? gateway)
    {
        if (text == "default") return gateway is { IsV6: true } ? Subnet.AllV6 : Subnet.AllV4;
        if (IpAddress.TryParse(text, out var one)) return new Subnet(one, one.BitLength);
        return Subnet.TryParse(text, out var s) ? s : null;
    }

    private static string? After(List<string> words, string word) => words.IndexOf(word) is var i and >= 0 && i + 1 < words.Count ? words[i + 1] : null;

    private static Model.Input.InputException Wrong(YamlMap m, YamlNode n) =>
        m.Wrong(n, $"\"{m.Scalar(n, "routes")}\" is no route; write it like `default via 203.0.113.1` or `blackhole 198.51.100.0/24`");
}
