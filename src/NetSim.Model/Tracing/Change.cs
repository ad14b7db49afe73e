using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Routing;
using NetSim.Model.Topology;

namespace NetSim.Model.Tracing;

/// <summary>A table changed. Docker asks for changes, the kernel makes some by itself; the fold over them is the state at any instant.</summary>
public abstract record Change
{
    private Change() { }

    /// <summary>Why it changed.</summary>
    public Origin Origin { get; init; } = Origin.Kernel;

    /// <summary>Where it changed.</summary>
    public abstract Place Place { get; }

    /// <summary>A change in a namespace.</summary>
    public abstract record InNamespace(string Namespace) : Change
    {
        /// <inheritdoc/>
        public override Place Place => new(Namespace, null);
    }

    /// <summary>A change of Docker's own books, which are kept on the host.</summary>
    public abstract record InDocker : Change
    {
        /// <inheritdoc/>
        public override Place Place => new("host", null);
    }

    // ---- the story

    /// <summary>A step of the scenario began: the command as written, and the sentence that tells it (or null).</summary>
    public sealed record StoryStep(int Number, int Line, string Command, string? Sentence) : InDocker;

    // ---- namespaces and links

    /// <summary>A namespace was made (without interfaces; lo comes as a change of its own).</summary>
    public sealed record NamespaceMade(string Namespace, NamespaceKind Kind, string Label) : InNamespace(Namespace);

    /// <summary>A namespace and all that is in it went away.</summary>
    public sealed record NamespaceRemoved(string Namespace) : InNamespace(Namespace);

    /// <summary>An interface was made, down and without addresses.</summary>
    public sealed record InterfaceMade(string Namespace, InterfaceSpec Interface) : InNamespace(Namespace);

    /// <summary>A veth pair was made: a cable with two ends, each in a namespace.</summary>
    public sealed record VethMade(string Namespace, InterfaceSpec Interface, string PeerNamespace, InterfaceSpec Peer) : InNamespace(Namespace);

    /// <summary>An interface moved to another namespace (keeping its number) and perhaps got another name.</summary>
    public sealed record InterfaceMoved(string Namespace, string Name, string ToNamespace, string NewName) : InNamespace(Namespace);

    /// <summary>Properties changed; null is "as it was". <paramref name="Master"/> "" takes it out of its bridge.</summary>
    public sealed record InterfaceChanged(string Namespace, string Name, bool? Up = null, int? Mtu = null, MacAddress? Mac = null, string? Master = null, bool? Hairpin = null, bool? Isolated = null) : InNamespace(Namespace);

    /// <summary>An interface went away, with its peer if it was one end of a veth pair.</summary>
    public sealed record InterfaceRemoved(string Namespace, string Name) : InNamespace(Namespace);

    /// <summary>An address was added; the kernel adds the connected route by itself (as a change of its own).</summary>
    public sealed record AddressAdded(string Namespace, string Interface, InterfaceAddress Address, bool NoDad = false) : InNamespace(Namespace);

    /// <summary>An address was removed, with its connected route.</summary>
    public sealed record AddressRemoved(string Namespace, string Interface, InterfaceAddress Address) : InNamespace(Namespace);

    /// <summary>A route was added.</summary>
    public sealed record RouteAdded(string Namespace, Route Route) : InNamespace(Namespace);

    /// <summary>A route was removed.</summary>
    public sealed record RouteRemoved(string Namespace, Route Route) : InNamespace(Namespace);

    /// <summary>A rule of policy routing was added.</summary>
    public sealed record RoutingRuleAdded(string Namespace, RoutingRule Rule) : InNamespace(Namespace);

    /// <summary>A rule of policy routing was removed.</summary>
    public sealed record RoutingRuleRemoved(string Namespace, RoutingRule Rule) : InNamespace(Namespace);

    /// <summary>A fault began on the way of what an interface sends (with <see cref="FaultPlace.Relay"/>: sends and receives), or (null) is over.</summary>
    public sealed record LinkFaultSet(string Namespace, string Interface, FaultPlace Where, LinkFault? Fault) : InNamespace(Namespace);

    /// <summary>A sysctl was set: "net.ipv4.ip_forward" = "1".</summary>
    public sealed record SysctlSet(string Namespace, string Key, string Value) : InNamespace(Namespace);

    // ---- netfilter

    /// <summary>A chain of the user's was made, or a built-in one got a policy.</summary>
    public sealed record ChainSet(string Namespace, IpFamily Family, string Table, string Chain, string? Policy) : InNamespace(Namespace)
    {
        /// <summary>Where a base chain of one of nft's tables is asked; null for all others.</summary>
        public ChainPlace? Asked { get; init; }
    }

    /// <summary>A verdict map of one of nft's tables was made (null key), got an element (interface and chain), or lost one (null chain).</summary>
    public sealed record VerdictMapSet(string Namespace, IpFamily Family, string Table, string Map, string? Key, string? Chain) : InNamespace(Namespace);

    /// <summary>A chain of the user's was removed.</summary>
    public sealed record ChainRemoved(string Namespace, IpFamily Family, string Table, string Chain) : InNamespace(Namespace);

    /// <summary>An ipset was made, or has other members.</summary>
    public sealed record IpSetFilled(string Namespace, IpFamily Family, string Set, IReadOnlyList<Subnet> Members) : InNamespace(Namespace);

    /// <summary>A rule was added: at the end (null) or so that it has this number, from 1.</summary>
    public sealed record RuleAdded(string Namespace, IpFamily Family, string Table, string Chain, int? Position, Rule Rule) : InNamespace(Namespace);

    /// <summary>The first rule of that text was removed.</summary>
    public sealed record RuleRemoved(string Namespace, IpFamily Family, string Table, string Chain, Rule Rule) : InNamespace(Namespace);

    // ---- files and processes

    /// <summary>A file as programs of a container (or of "host", "outside") see it: /etc/resolv.conf, /etc/hosts, /etc/hostname. Null text: removed.</summary>
    public sealed record FileWritten(string Owner, string Path, string? Text) : InNamespace(Owner);

    /// <summary>A process was started.</summary>
    public sealed record ProcessStarted(ProcessSpec Process) : InNamespace(Process.Namespace);

    /// <summary>A process got a signal ("KILL", "TERM", "STOP", "CONT").</summary>
    public sealed record ProcessSignalled(string Namespace, string Id, string Signal) : InNamespace(Namespace);

    /// <summary>A process ended.</summary>
    public sealed record ProcessEnded(string Namespace, string Id, int ExitCode) : InNamespace(Namespace);

    /// <summary>The container DNS resolver of a container was started, or what it knows of networks and upstreams changed.</summary>
    public sealed record ResolverSet(ResolverSpec Resolver) : InNamespace(Resolver.Namespace);

    // ---- Docker's books

    /// <summary>A network was made or changed.</summary>
    public sealed record NetworkSet(NetworkFacts Network) : InDocker;

    /// <summary>A network was removed.</summary>
    public sealed record NetworkRemoved(string Name) : InDocker;

    /// <summary>A container was made or changed. <paramref name="OldName"/> is set by a rename.</summary>
    public sealed record ContainerSet(ContainerFacts Container, string? OldName = null) : InDocker;

    /// <summary>A container was removed.</summary>
    public sealed record ContainerRemoved(string Name) : InDocker;

    /// <summary>A container was plugged into a network.</summary>
    public sealed record EndpointSet(EndpointFacts Endpoint) : InDocker;

    /// <summary>A container was unplugged from a network.</summary>
    public sealed record EndpointRemoved(string Network, string Container) : InDocker;

    /// <summary>An address was leased from a network's pool.</summary>
    public sealed record LeaseMade(string Network, IpAddress Address, string Holder) : InDocker;

    /// <summary>A lease ended.</summary>
    public sealed record LeaseReleased(string Network, IpAddress Address, string Holder) : InDocker;

    /// <summary>A name became known on a network.</summary>
    public sealed record NamePublished(PublishedName Name) : InDocker;

    /// <summary>A name is not known any more.</summary>
    public sealed record NameWithdrawn(PublishedName Name) : InDocker;

    // ---- what the kernel learns by itself

    /// <summary>A neighbour's state changed ("REACHABLE", "STALE", "DELAY", "PROBE", "INCOMPLETE", "FAILED"; "" is gone).</summary>
    public sealed record NeighbourSet(string Namespace, string Interface, IpAddress Address, MacAddress? Mac, string State) : InNamespace(Namespace);

    /// <summary>A bridge learned an address behind a port, or (null) forgot it.</summary>
    public sealed record FdbSet(string Namespace, string Bridge, MacAddress Mac, string? Port, bool Permanent = false) : InNamespace(Namespace);

    /// <summary>Connection tracking made an entry: the conversation as it came and the answer it expects.</summary>
    public sealed record ConntrackMade(string Namespace, FlowKey Original, FlowKey Reply) : InNamespace(Namespace);

    /// <summary>Connection tracking forgot an entry.</summary>
    public sealed record ConntrackRemoved(string Namespace, FlowKey Original) : InNamespace(Namespace);

    /// <summary>A program listens (or a connected socket lives, when <paramref name="Remote"/> is set).</summary>
    public sealed record SocketOpened(string Namespace, IpProtocol Protocol, IpAddress Address, Port Port, string Program, FlowKey? Remote = null) : InNamespace(Namespace);

    /// <summary>A socket was closed.</summary>
    public sealed record SocketClosed(string Namespace, IpProtocol Protocol, IpAddress Address, Port Port, FlowKey? Remote = null) : InNamespace(Namespace);
}
