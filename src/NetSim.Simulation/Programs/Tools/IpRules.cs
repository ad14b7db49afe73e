using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>ip rule, and the routing tables besides the main one (`ip route show table`). IPv4; rules look at source, destination and incoming interface.</summary>
internal static class IpRules
{
    private const int Last = 32766;

    /// <summary>ip rule [show].</summary>
    public static string Text(NetworkNamespace space, bool v6) => v6 ? "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n"
        : $"0:\tfrom all lookup local\n{string.Concat(space.RoutingRules.Select(r => $"{r.Priority.ToString(CultureInfo.InvariantCulture)}:\t{r}\n"))}32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n";

    /// <summary>ip rule add|del, in the words of iproute2.</summary>
    public static int Change(ProcessContext process, IReadOnlyList<string> words, bool v6)
    {
        var space = process.Inspect();
        if (v6 || words.Any(w => w is "fwmark" or "not" or "oif" or "tos" or "dsfield" or "suppress_prefixlength" or "uidrange" or "ipproto" or "goto"))
        {
            process.Warn($"ip rule {string.Join(' ', words)} is not modelled: rules look at the IPv4 source, destination and incoming interface");
            return 0;
        }
        string? After(params string[] names) => words.ToList().FindIndex(names.Contains) is var at && at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
        var rule = new RoutingRule(Number(After("priority", "pref", "order", "preference")) ?? Free(space), After("table", "lookup") ?? "main")
        {
            From = Selector(After("from")),
            To = Selector(After("to")),
            InInterface = After("iif", "dev"),
        };
        if (words[0] == "add")
        {
            if (space.RoutingRules.Contains(rule)) return process.Fail(2, "RTNETLINK answers: File exists");
            process.Change(new Change.RoutingRuleAdded(space.Key, rule) { Origin = Origin.NotDockers });
            return 0;
        }
        bool numbered = After("priority", "pref", "order", "preference") is not null, tabled = After("table", "lookup") is not null;
        var gone = space.RoutingRules.Find(r => (!numbered || r.Priority == rule.Priority) && (!tabled || r.Table == rule.Table) && (rule.From is null || r.From == rule.From) && (rule.To is null || r.To == rule.To));
        if (gone is null) return process.Fail(2, "RTNETLINK answers: No such file or directory");
        process.Change(new Change.RoutingRuleRemoved(space.Key, gone) { Origin = Origin.NotDockers });
        return 0;
    }

    /// <summary>The table of the own addresses, as `ip route show table local` writes it. Source: linux v6.6 net/ipv4/fib_frontend.c fib_add_ifaddr.</summary>
    public static string Local(NetworkNamespace space)
    {
        var rows = new List<(IpAddress Order, int Prefix, string Text)>();
        void Add(string type, Subnet to, Interface i, string scope, IpAddress source) =>
            rows.Add((to.Address, to.PrefixLength, $"{type} {(to.PrefixLength == 32 ? to.Address.ToString() : to.ToString())} dev {i.Name} proto kernel scope {scope} src {source} \n"));
        foreach (var i in space.Interfaces.Where(i => i.Up))
            foreach (var a in i.Addresses.Where(a => a.Address.IsV4))
            {
                var first = i.Addresses.Find(o => o.Address.IsV4 && o.Subnet == a.Subnet).Address;
                Add("local", new(a.Address, 32), i, "host", first);
                if (i.Kind == InterfaceKind.Loopback && a.PrefixLength < 32) Add("local", a.Subnet, i, "host", a.Address);
                if (a.PrefixLength < 31) Add("broadcast", new(a.Subnet.Last, 32), i, "link", first);
            }
        return string.Concat(rows.OrderBy(r => r.Order).ThenBy(r => r.Prefix).Select(r => r.Text));
    }

    /// <summary>A number below those there are, as the kernel chooses it. Source: linux v6.6 net/core/fib_rules.c fib_default_rule_pref.</summary>
    private static int Free(NetworkNamespace space) => Math.Max(1, space.RoutingRules.Select(r => r.Priority).Append(Last).Min() - 1);

    private static int? Number(string? word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : null;

    private static Subnet? Selector(string? word) => word is null or "all" or "any" or "default" or "0/0" ? null
        : IpAddress.TryParse(word, out var host) ? new Subnet(host, host.BitLength) : Subnet.TryParse(word, out var subnet) ? subnet : null;
}
