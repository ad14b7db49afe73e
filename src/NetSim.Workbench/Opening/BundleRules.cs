using NetSim.Docker.Engine;
using NetSim.Docker.Firewall;
using NetSim.Model.Input;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Opening;

/// <summary>The rules of a bundle: read from what iptables-save printed, or compiled from the networks and ports that docker names.</summary>
internal static class BundleRules
{
    /// <summary>The changes that a file of the host's rules makes; none when it is not there.</summary>
    /// <exception cref="InputException">It is no output of iptables-save.</exception>
    public static IEnumerable<Change> Read(BundleFolder folder, string file, IpFamily family) => Read(folder.Name(file), folder.Text(file) ?? "", "host", family);

    /// <summary>The changes that a text of iptables-save makes in a namespace.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static IEnumerable<Change> Read(string file, string text, string space, IpFamily family)
    {
        try
        {
            return Changes(RulesetText.Parse(text), space, family).ToList();
        }
        catch (FormatException e)
        {
            var parts = e.Message.Split(": ", 2);
            bool placed = parts.Length == 2 && parts[0].StartsWith("line ", StringComparison.Ordinal);
            throw new InputException(file, placed ? parts[0]["line ".Length..] : "", placed ? parts[1] : e.Message);
        }
    }

    /// <summary>The rules that an engine would write for the networks and the ports of the containers that run.</summary>
    public static IEnumerable<Change> Compiled(EngineVersion version, IReadOnlyList<BundleNetwork> networks, IReadOnlyList<BundleContainer> containers)
    {
        var program = new FirewallProgram(version, new());
        var changes = new List<Change>(program.DaemonStarted());
        foreach (var n in networks.Where(n => n.Facts.Driver == "bridge")) changes.AddRange(program.NetworkAdded(n.ForFirewall()));
        foreach (var c in containers.Where(c => c.OwnNamespace)) AddContainer(program, c, changes);
        return changes;
    }

    private static void AddContainer(FirewallProgram program, BundleContainer container, List<Change> changes)
    {
        var bridged = container.Endpoints.Where(e => e.Network.Facts.Driver == "bridge").ToList();
        foreach (var e in bridged) changes.AddRange(program.EndpointAdded(new(e.Network.ForFirewall(), container.Name, e.V4?.Address, e.V6?.Address)));
        var gateway = bridged.Where(e => !e.Network.Facts.Internal).OrderBy(e => e.Network.Facts.Name, StringComparer.Ordinal).FirstOrDefault();
        if (gateway is null) return;
        foreach (var p in container.Published)
            if ((p.HostAddress.IsV6 ? gateway.V6 ?? gateway.V4 : gateway.V4) is { } own)
                changes.AddRange(program.PortPublished(new(gateway.Network.ForFirewall(), container.Name, p.Protocol, p.HostAddress, p.HostPort, own.Address, p.ContainerPort, $"-p {p.HostPort}:{p.ContainerPort}")));
    }

    private static IEnumerable<Change> Changes(Ruleset rules, string space, IpFamily family)
    {
        foreach (var table in rules.Tables)
        {
            foreach (var chain in table.Chains) yield return new Change.ChainSet(space, family, table.Name, chain.Name, chain.Policy);
            foreach (var chain in table.Chains)
                foreach (var rule in chain.Rules) yield return new Change.RuleAdded(space, family, table.Name, chain.Name, null, rule);
        }
    }
}
