using NetSim.Model.Addressing;

namespace NetSim.Model.Routing;

/// <summary>A rule of policy routing: which IPv4 packets ask which table before the main one. Source: linux v6.6 net/ipv4/fib_rules.c, ip-rule(8).</summary>
/// <param name="Priority">Lower ones are asked first; the main table has 32766.</param>
/// <param name="Table">The table's name or number; "main" asks the main one.</param>
public sealed record RoutingRule(int Priority, string Table)
{
    /// <summary>Sources it holds for; null is all.</summary>
    public Subnet? From { get; init; }

    /// <summary>Destinations it holds for; null is all.</summary>
    public Subnet? To { get; init; }

    /// <summary>The interface that packets come in by, or null; "lo" means packets of this host.</summary>
    public string? InInterface { get; init; }

    /// <summary>Does it hold for a packet? A sender that has no source yet (null) is met by rules for all sources alone.</summary>
    public bool Holds(IpAddress? source, IpAddress destination, string input) =>
        (From is not { } from || source is { } s && from.Contains(s)) && (To is not { } to || to.Contains(destination)) && (InInterface is null || InInterface == input);

    /// <summary>As `ip rule` writes it, without its number: "from 172.18.0.2 lookup 100".</summary>
    public override string ToString()
    {
        string text = $"from {(From is { } f ? Text(f) : "all")}";
        if (To is { } to) text += $" to {Text(to)}";
        if (InInterface is { } i) text += $" iif {i}";
        return $"{text} lookup {Table}";
    }

    private static string Text(Subnet subnet) => subnet.PrefixLength == subnet.Address.BitLength ? subnet.Address.ToString() : subnet.ToString();
}
