using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.AddressMaps;

/// <summary>An address in somebody's hands for a while.</summary>
/// <param name="Network">On which network.</param>
/// <param name="Address">Which.</param>
/// <param name="Holder">Whose.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null: still.</param>
internal sealed record Lease(string Network, IpAddress Address, string Holder, SimTime From, SimTime? To);

/// <summary>What the host itself claims: an address of it, or a route that is not one of Docker's bridges.</summary>
/// <param name="Subnet">The claim.</param>
/// <param name="Words">By what: "up0", "via 203.0.113.9".</param>
/// <param name="IsGateway">Does the route lead to a gateway?</param>
internal sealed record HostClaim(Subnet Subnet, string Words, bool IsGateway);

/// <summary>Two that claim the same.</summary>
/// <param name="Number">From 1, as on its triangle.</param>
/// <param name="Network">The network whose cell wears the triangle.</param>
/// <param name="Sentence">What is wrong.</param>
/// <param name="Why">And what follows.</param>
internal sealed record Clash(int Number, string Network, string Sentence, string Why);

/// <summary>Who has which addresses at an instant, and how that came.</summary>
internal sealed class AddressBook
{
    /// <summary>Networks that have subnets.</summary>
    public List<NetworkFacts> Networks { get; } = [];
    public List<Lease> Leases { get; } = [];
    public List<HostClaim> Claims { get; } = [];
    public List<Clash> Clashes { get; } = [];
    public SimTime Begin { get; private set; }
    public SimTime End { get; private set; }

    /// <summary>Does time pass between the first lease and the end?</summary>
    public bool HasTime => Leases.Exists(l => l.From > Begin || l.To is not null);

    /// <summary>The book of a trace at an event.</summary>
    public static AddressBook Of(TraceIndex index, MapPlan plan, long row)
    {
        var now = index.TopologyAt(row);
        var book = new AddressBook { Begin = index.Begin, End = index.TimeOf(row) };
        book.Networks.AddRange(now.Networks.Where(n => n.Subnets.Count > 0));
        book.ReadLeases(index, row);
        book.Complete(now, plan);
        if (now.Namespaces.FirstOrDefault(n => n.Kind == NamespaceKind.Host) is { } host) book.ReadHost(host);
        book.Compare();
        if (book.Leases.Count > 0 && book.Leases.Min(l => l.From) is var first && first > book.Begin) book.Begin = first;
        return book;
    }

    /// <summary>Addresses that are taken on a subnet, network, gateway and broadcast addresses among them.</summary>
    public (UInt128 Taken, UInt128 All) Room(NetworkFacts network, Subnet subnet)
    {
        var taken = Leases.Where(l => l.Network == network.Name && l.To is null).Select(l => l.Address).Concat(network.Gateways).Where(subnet.Contains).ToHashSet();
        if (!subnet.Address.IsV6 && subnet.PrefixLength < 31) taken.UnionWith([subnet.Address, subnet.Last]);
        return ((UInt128)taken.Count, subnet.Count);
    }

    private void ReadLeases(TraceIndex index, long until)
    {
        var open = new Dictionary<(string, IpAddress), int>();
        foreach (var (number, r) in index.Trace.Rows())
        {
            if (number > until) break;
            if (r.Kind != StepKind.Changed) continue;
            switch (index.Trace.Change(r.A))
            {
                case Change.LeaseMade m:
                    open[(m.Network, m.Address)] = Leases.Count;
                    Leases.Add(new(m.Network, m.Address, m.Holder, new(r.Time), null));
                    break;
                case Change.LeaseReleased m when open.Remove((m.Network, m.Address), out int at): Leases[at] = Leases[at] with { To = new(r.Time) }; break;
            }
        }
    }

    /// <summary>What Docker's books don't tell (a capture has none), endpoints and the cards of the map do.</summary>
    private void Complete(Topology now, MapPlan plan)
    {
        foreach (var e in now.Endpoints)
            foreach (var a in e.Addresses) Note(e.Network, a.Address, e.Container);
        foreach (var foot in plan.Cards.SelectMany(c => c.Feet))
            foreach (var a in new[] { foot.Address, foot.Address6 })
                if (a is { } address && Leases.TrueForAll(l => l.Address != address) && now.Find(foot.Card.Key) is not null) Note(foot.Room.Name, address, foot.Card.Name);
        var gateways = Networks.SelectMany(n => n.Gateways.Select(g => (n.Name, g))).ToHashSet();
        Leases.RemoveAll(l => gateways.Contains((l.Network, l.Address)));
    }

    private void Note(string network, IpAddress address, string holder)
    {
        if (!Leases.Exists(l => l.Network == network && l.Address == address && l.To is null)) Leases.Add(new(network, address, holder, Begin, null));
    }

    private void ReadHost(NetworkNamespace host)
    {
        var bridges = Networks.Select(n => n.Interface).ToHashSet();
        foreach (var r in host.Routes.Routes.Where(r => !r.Destination.IsAll && !bridges.Contains(r.Interface) && r.Interface != "lo" && !r.Destination.Address.IsLinkLocal && !r.Destination.Address.IsMulticast))
            Claims.Add(new(r.Destination, r.Gateway is { } g ? $"via {g}" : r.Interface, r.Gateway is not null));
        foreach (var i in host.Interfaces.Where(i => !bridges.Contains(i.Name) && i.Kind != InterfaceKind.Loopback))
            foreach (var a in i.Addresses.Where(a => !a.Address.IsLinkLocal && !Claims.Exists(c => c.Subnet.Contains(a.Address)))) Claims.Add(new(a.Subnet, i.Name, false));
        var distinct = Claims.DistinctBy(c => (c.Subnet, c.Words)).OrderBy(c => c.Subnet).ToList();
        Claims.Clear();
        Claims.AddRange(distinct);
    }

    private void Compare()
    {
        for (int i = 0; i < Networks.Count; i++) Compare(i);
        // Numbered from left to right, as their triangles stand.
        var ordered = Clashes.OrderBy(c => Networks.Find(n => n.Name == c.Network)!.Subnets[0]).Select((c, i) => c with { Number = i + 1 }).ToList();
        Clashes.Clear();
        Clashes.AddRange(ordered);
    }

    private void Compare(int i)
    {
        var n = Networks[i];
        foreach (var s in n.Subnets)
        {
            if (n.Driver == "bridge") foreach (var c in Claims.Where(c => c.Subnet.Overlaps(s))) Clashes.Add(With(n.Name, s, c));
            foreach (var other in Networks.Skip(i + 1).Where(o => o.Subnets.Any(s.Overlaps)))
                Clashes.Add(new(0, n.Name, $"{n.Name} and {other.Name} both claim {s}.", "Only one of them gets the packets that are for it."));
        }
    }

    private Clash With(string network, Subnet s, HostClaim c)
    {
        if (c.Subnet.PrefixLength > s.PrefixLength)
            return new(0, network, c.IsGateway ? $"{c.Subnet} leads {c.Words}, not into {network}." : $"{c.Subnet} is on {c.Words}, not in {network}.", $"A longer prefix wins, so part of {network} is cut off.");
        return new(0, network, c.IsGateway ? $"{network} and a route {c.Words} both claim {c.Subnet}." : $"{network} lies within {c.Subnet} of {c.Words}.", c.IsGateway ? "Docker looks only at routes of the host’s own links." : "Who answers for its addresses depends on the route that wins.");
    }
}
