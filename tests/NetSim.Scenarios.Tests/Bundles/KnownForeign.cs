namespace NetSim.Scenarios.Tests.Bundles;

/// <summary>What of a recorded host is not Docker's: the lab's own, and what cases did by hand.</summary>
internal static class KnownForeign
{
    public static readonly IReadOnlyList<(string Case, string Fact, string Why)> All =
    [
        ("", "route in host: 0.0.0.0/0 via 203.0.113.1 dev up0", "the lab's uplink"),
        ("", "route in host: ::/0 via 2001:db8:113::1 dev up0", "the lab's uplink"),
        ("08-subnet-vs-routes", "route in host: 172.18.0.0/16 via 203.0.113.1 dev up0", "added by hand"),
        ("08-subnet-vs-routes", "route in host: 172.20.5.0/24 via 203.0.113.1 dev up0", "added by hand"),
        ("08-subnet-vs-routes", "route in host: 172.25.7.0/24 via  dev ext0", "added by hand"),
    ];

    public static bool Allows(string name, string fact) => All.Any(k => (k.Case.Length == 0 || k.Case == name) && fact.StartsWith(k.Fact, StringComparison.Ordinal));
}
