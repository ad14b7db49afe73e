using NetSim.Capture.Injection;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Live;

/// <summary>Who lives on a link of a known host: that of the interface if the host has it, else the one with most containers.</summary>
internal static class LinkNeighbours
{
    private const string HostKey = "host";

    /// <summary>Containers in order, then the host as the gateway.</summary>
    /// <param name="path">A bundle or a scenario, which is run.</param>
    /// <param name="on">The interface that will be sent on.</param>
    /// <param name="stop">Ends a scenario's run.</param>
    /// <exception cref="InputException">It can't be read, or nobody lives there.</exception>
    public static IReadOnlyList<LinkNeighbour> Of(string path, string on, CancellationToken stop)
    {
        IEnumerable<Change> changes = BundleOpening.IsBundle(path) ? BundleOpening.Read(path).Changes : ScenarioOpening.Run(path, null, 1, stop).Trace.Changes;
        var topology = new Topology();
        foreach (var change in changes) topology.Apply(change);
        var met = topology.Namespaces.SelectMany(n => n.Interfaces.SelectMany(i => i.Addresses.Where(a => !a.Address.IsLoopback && !a.Address.IsLinkLocal).Select(a => (Space: n.Key, Interface: i, Address: a)))).ToList();
        var gateways = met.Where(m => m.Space == HostKey && met.Exists(c => c.Space != HostKey && m.Address.Subnet.Contains(c.Address.Address))).ToList();
        if (gateways.Count == 0) throw new InputException(path, "", "has no container on a network of its host; nothing tells who lives where the capture is sent");
        string link = gateways.Exists(g => g.Interface.Name == on) ? on : gateways.OrderByDescending(g => met.Count(c => c.Space != HostKey && g.Address.Subnet.Contains(c.Address.Address))).First().Interface.Name;
        var subnets = gateways.Where(g => g.Interface.Name == link).ToList();
        var neighbours = met.Where(m => m.Space != HostKey && subnets.Exists(g => g.Address.Subnet.Contains(m.Address.Address))).Select(m => new LinkNeighbour(m.Space, m.Address.Address, m.Interface.Mac, false));
        return [.. neighbours, .. subnets.Select(g => new LinkNeighbour(HostKey, g.Address.Address, g.Interface.Mac, true))];
    }
}
