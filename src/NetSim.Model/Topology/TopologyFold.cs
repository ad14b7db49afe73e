using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Model.Topology;

/// <summary>How each change of a trace alters a topology. A change about something unknown makes it known, so that a capture's sparse changes fold too.</summary>
internal sealed class TopologyFold(Topology topology)
{
    /// <summary>Makes one change.</summary>
    public void Apply(Change change)
    {
        if (ApplyLink(change) || ApplyTable(change) || ApplyBooks(change)) return;
        if (change is Change.StoryStep) return;
        throw new NotSupportedException($"no fold for {change.GetType().Name}");
    }

    private bool ApplyLink(Change change)
    {
        switch (change)
        {
            case Change.NamespaceMade c: topology.MakeNamespace(c.Namespace, c.Kind, c.Label); return true;
            case Change.NamespaceRemoved c: if (topology.Find(c.Namespace) is { } gone) topology.RemoveNamespace(gone); return true;
            case Change.InterfaceMade c: Made(c); return true;
            case Change.VethMade c: VethMade(c); return true;
            case Change.InterfaceMoved c: Moved(c); return true;
            case Change.InterfaceChanged c: Changed(c); return true;
            case Change.InterfaceRemoved c: if (Find(c.Namespace, c.Name) is { } i) topology.RemoveInterface(i); return true;
            case Change.AddressAdded c: Find(c.Namespace, c.Interface)?.Addresses.Add(c.Address); return true;
            case Change.AddressRemoved c: Find(c.Namespace, c.Interface)?.Addresses.Remove(c.Address); return true;
            case Change.FdbSet c: Learned(c); return true;
            case Change.LinkFaultSet c: Faulted(c); return true;
            default: return false;
        }
    }

    /// <summary>Behind those of the same number.</summary>
    private static void RuleAdded(List<Routing.RoutingRule> rules, Routing.RoutingRule rule)
    {
        int at = rules.FindIndex(r => r.Priority > rule.Priority);
        rules.Insert(at < 0 ? rules.Count : at, rule);
    }

    private bool ApplyTable(Change change)
    {
        switch (change)
        {
            case Change.RouteAdded c: Space(c.Namespace).Table(c.Route.Table).Add(c.Route); return true;
            case Change.RouteRemoved c: Space(c.Namespace).Table(c.Route.Table).Remove(c.Route); return true;
            case Change.RoutingRuleAdded c: RuleAdded(Space(c.Namespace).RoutingRules, c.Rule); return true;
            case Change.RoutingRuleRemoved c: Space(c.Namespace).RoutingRules.Remove(c.Rule); return true;
            case Change.SysctlSet c: Space(c.Namespace).Sysctls[c.Key] = c.Value; return true;
            case Change.ChainSet c: ChainSet(c); return true;
            case Change.ChainRemoved c: ChainRemoved(c); return true;
            case Change.RuleAdded c: Space(c.Namespace).RulesOf(c.Family).Add(c.Table, c.Chain, c.Position, c.Rule); return true;
            case Change.RuleRemoved c: Space(c.Namespace).RulesOf(c.Family).Remove(c.Table, c.Chain, c.Rule); return true;
            case Change.VerdictMapSet c: VerdictMapSet(c); return true;
            case Change.IpSetFilled c: Space(c.Namespace).RulesOf(c.Family).Set(c.Set, c.Members); return true;
            case Change.NeighbourSet c: Neighbour(c); return true;
            case Change.ConntrackMade c: Space(c.Namespace).Conntrack.Add((c.Original, c.Reply)); return true;
            case Change.ConntrackRemoved c: Space(c.Namespace).Conntrack.RemoveAll(e => e.Original == c.Original); return true;
            case Change.SocketOpened c: Space(c.Namespace).Sockets.Add((c.Protocol, c.Address, c.Port, c.Program, c.Remote)); return true;
            case Change.SocketClosed c: Space(c.Namespace).ForgetSocket(c.Protocol, c.Address, c.Port, c.Remote); return true;
            case Change.ProcessStarted c: Space(c.Process.Namespace).Processes[c.Process.Id] = c.Process; return true;
            case Change.ProcessSignalled: return true;
            case Change.ProcessEnded c: Space(c.Namespace).Processes.Remove(c.Id); return true;
            case Change.ResolverSet c: Space(c.Namespace).Resolver = c.Resolver; return true;
            default: return false;
        }
    }

    private bool ApplyBooks(Change change)
    {
        var t = topology;
        switch (change)
        {
            case Change.FileWritten c: FileWritten(c); return true;
            case Change.NetworkSet c: Put(t.Networks, t.Known.Add(("network", c.Network.Name, "")), n => n.Name == c.Network.Name, c.Network); return true;
            case Change.NetworkRemoved c: if (t.Known.Remove(("network", c.Name, ""))) t.Networks.RemoveAll(n => n.Name == c.Name); return true;
            case Change.ContainerSet c: ContainerSet(c); return true;
            case Change.ContainerRemoved c: if (t.Known.Remove(("container", c.Name, ""))) t.Containers.RemoveAll(n => n.Name == c.Name); return true;
            case Change.EndpointSet c: Put(t.Endpoints, t.Known.Add(("endpoint", c.Endpoint.Network, c.Endpoint.Container)), e => e.Network == c.Endpoint.Network && e.Container == c.Endpoint.Container, c.Endpoint); return true;
            case Change.EndpointRemoved c: if (t.Known.Remove(("endpoint", c.Network, c.Container))) t.Endpoints.RemoveAll(e => e.Network == c.Network && e.Container == c.Container); return true;
            case Change.LeaseMade c: t.Leases.Add((c.Network, c.Address, c.Holder)); return true;
            case Change.LeaseReleased c: t.Leases.Remove((c.Network, c.Address, c.Holder)); return true;
            case Change.NamePublished c: t.Names.Publish(c.Name); return true;
            case Change.NameWithdrawn c: t.Names.Withdraw(c.Name); return true;
            default: return false;
        }
    }

    /// <summary>Most of what is said again was said of late, so it is sought from the end; what is new is not sought.</summary>
    private static void Put<T>(List<T> list, bool isNew, Predicate<T> same, T item)
    {
        if (isNew) list.Add(item);
        else list[list.FindLastIndex(same)] = item;
    }

    private NetworkNamespace Space(string key) => topology.MakeNamespace(key, key switch { "host" => NamespaceKind.Host, "outside" => NamespaceKind.Outside, _ => NamespaceKind.Container }, key);

    private Interface? Find(string space, string name) => Space(space).Find(name);

    private void Made(Change.InterfaceMade c)
    {
        var i = topology.MakeInterface(Space(c.Namespace), c.Interface);
        if (c.Interface.Parent is not { } p || (Find(c.Namespace, p) ?? Find("host", p)) is not { } parent) return;
        i.Parent = parent;
        if (i.Mac == MacAddress.Zero) i.Mac = parent.Mac; // an ipvlan or VLAN has its parent's
        if (i.Mtu == 0) i.Mtu = parent.Mtu;
        topology.Join(parent, i, LinkKind.Parent);
    }

    private void VethMade(Change.VethMade c)
    {
        var a = topology.MakeInterface(Space(c.Namespace), c.Interface);
        var b = topology.MakeInterface(Space(c.PeerNamespace), c.Peer);
        a.Peer = b;
        b.Peer = a;
        topology.Join(a, b, LinkKind.Cable);
    }

    /// <summary>What moves to another namespace arrives down, without addresses and without its bridge. Source: Linux v6.1 net/core/dev.c __dev_change_net_namespace.</summary>
    private void Moved(Change.InterfaceMoved c)
    {
        if (Find(c.Namespace, c.Name) is not { } i) return;
        var to = Space(c.ToNamespace);
        if (!ReferenceEquals(to, i.Namespace))
        {
            if (i.Master is { } bridge) topology.Leave(i, bridge);
            topology.Part(i.Namespace, i);
            i.Up = false;
            i.Addresses.Clear();
            i.Namespace.Leave(i);
            i.Namespace.Routes.RemoveInterface(i.Name);
            i.Namespace = to;
            i.Name = c.NewName;
            to.Enter(i);
            topology.Join(to, i, LinkKind.Owns);
        }
        to.Routes.RenameInterface(c.Name, c.NewName);
        to.Rename(i, c.NewName);
    }

    private void Changed(Change.InterfaceChanged c)
    {
        if (Find(c.Namespace, c.Name) is not { } i) return;
        i.Up = c.Up ?? i.Up;
        i.Mtu = c.Mtu ?? i.Mtu;
        i.Mac = c.Mac ?? i.Mac;
        i.Hairpin = c.Hairpin ?? i.Hairpin;
        i.Isolated = c.Isolated ?? i.Isolated;
        if (c.Master is null) return;
        if (i.Master is { } old) topology.Leave(i, old);
        i.Master = c.Master.Length == 0 ? null : Find(c.Namespace, c.Master);
        if (i.Master is not { } master) return;
        master.Ports.Add(i);
        topology.Join(master, i, LinkKind.BridgePort);
    }

    private void Faulted(Change.LinkFaultSet c)
    {
        if (Find(c.Namespace, c.Interface) is not { } i) return;
        if (c.Fault is null) i.Faults.Remove(c.Where);
        else i.Faults[c.Where] = c.Fault;
    }

    private void Learned(Change.FdbSet c)
    {
        if (Find(c.Namespace, c.Bridge) is not { } bridge) return;
        if (c.Port is null) bridge.Fdb.Remove(c.Mac);
        else bridge.Fdb[c.Mac] = (c.Port, c.Permanent);
    }

    private void ChainSet(Change.ChainSet c)
    {
        var rules = Space(c.Namespace).RulesOf(c.Family);
        var chain = rules.Table(c.Table).Make(c.Chain, c.Policy);
        if (c.Policy is not null && chain.Policy is not null) chain.Policy = c.Policy;
        if (c.Asked is not null) chain.Place = c.Asked;
        rules.Touch();
    }

    private void ChainRemoved(Change.ChainRemoved c)
    {
        var rules = Space(c.Namespace).RulesOf(c.Family);
        rules.Table(c.Table).Remove(c.Chain);
        rules.Touch();
    }

    private void VerdictMapSet(Change.VerdictMapSet c)
    {
        var rules = Space(c.Namespace).RulesOf(c.Family);
        rules.Table(c.Table).Map(c.Map, c.Key, c.Chain);
        rules.Touch();
    }

    private void Neighbour(Change.NeighbourSet c)
    {
        var n = Space(c.Namespace).Neighbours;
        if (c.State.Length == 0) n.Remove(c.Address);
        else n[c.Address] = (c.Interface, c.Mac, c.State);
    }

    private void FileWritten(Change.FileWritten c)
    {
        if (c.Text is null) topology.Files.Remove((c.Owner, c.Path));
        else topology.Files[(c.Owner, c.Path)] = c.Text;
    }

    private void ContainerSet(Change.ContainerSet c)
    {
        var list = topology.Containers;
        if (c.OldName is { } old && topology.Known.Remove(("container", old, ""))) list.RemoveAll(x => x.Name == old);
        Put(list, topology.Known.Add(("container", c.Container.Name, "")), x => x.Name == c.Container.Name, c.Container);
        if (topology.Find(c.Container.Namespace) is { Kind: NamespaceKind.Container } space) space.Label = c.Container.Name;
    }
}
