using NetSim.Model.Addressing;
using NetSim.Model.Input;
using NetSim.Model.Packets;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>Answers questions about a topology that does not change any more: who can reach whom, on which way, and which row decides it.</summary>
public sealed class Explainer
{
    private readonly FrozenHost _host;
    private readonly IDnsServers _servers;
    private readonly bool _socketsKnown;
    private readonly Conversation _inward, _outward;
    private (string Owner, string Name, NameAnswer Answer)? _judged;
    private readonly Dictionary<string, List<IpAddress>> _own = new(StringComparer.Ordinal);

    /// <summary>Freezes a topology; it must not change afterwards.</summary>
    /// <param name="topology">The state.</param>
    /// <param name="servers">Knows what DNS servers would say.</param>
    /// <param name="socketsKnown">Is it known of every namespace what listens in it, or only where sockets are told?</param>
    public Explainer(Topology topology, IDnsServers servers, bool socketsKnown)
    {
        (_host, _servers, _socketsKnown) = (new(topology, socketsKnown), servers, socketsKnown);
        (_inward, _outward) = (new(_host, null, []), new(_host, null, []) { AnswersBeyond = true });
    }

    /// <summary>Another that answers the same, for another thread: what one has worked out is its own.</summary>
    public Explainer Another() => new(Topology, _servers, _socketsKnown);

    /// <summary>The state that is explained.</summary>
    public Topology Topology => _host.Topology;

    /// <summary>Answers a question, with every decision on the way.</summary>
    /// <exception cref="InputException">An end is not known.</exception>
    public Explanation Explain(Question question)
    {
        var (from, owner) = Sender(question.From);
        if (from is null) return new() { Question = question, Disposition = Disposition.Unknown, Reason = $"container {owner} does not run" };
        var names = Resolve(from, owner, question, tells: true);
        if (question.Protocol == AskedProtocol.Dns || names.Disposition != Disposition.Delivered)
            return new() { Question = question, Disposition = names.Disposition, NameResolution = names.Steps, Assuming = names.Assuming, Reason = names.Reason.Length > 0 ? names.Reason : null, DecidedIn = from.Space.Key };
        return Reach(question, from, names);
    }

    /// <summary>Answers a question without telling the way.</summary>
    /// <exception cref="InputException">An end is not known.</exception>
    public Disposition Judge(Question question)
    {
        var (from, owner) = Sender(question.From);
        if (from is null) return Disposition.Unknown;
        if (question.Protocol == AskedProtocol.Dns) return Resolve(from, owner, question, tells: false).Disposition;
        if (_judged is not { } known || known.Owner != owner || known.Name != question.To) _judged = known = (owner, question.To, Resolve(from, owner, question, tells: false));
        var names = known.Answer;
        if (names.Disposition != Disposition.Delivered) return names.Disposition;
        Disposition? first = null;
        foreach (var address in names.Addresses)
        {
            var fate = (question.To == "outside" ? _outward : _inward).Try(from, ProtocolOf(question.Protocol), address, question.Port ?? default);
            if (fate.Disposition == Disposition.Delivered) return Disposition.Delivered;
            first ??= fate.Disposition;
        }
        return first!.Value;
    }

    private Explanation Reach(Question question, FrozenStack from, NameAnswer names)
    {
        Explanation? first = null;
        foreach (var address in names.Addresses)
        {
            var assumptions = new List<string>();
            var told = new Story();
            var fate = new Conversation(_host, told, assumptions) { AnswersBeyond = question.To == "outside" }.Try(from, ProtocolOf(question.Protocol), address, question.Port ?? default);
            var answer = new Explanation
            {
                Question = question,
                Disposition = fate.Disposition,
                Assuming = assumptions,
                NameResolution = names.Steps,
                Hops = told.Hops,
                Reason = fate.Reason.Length > 0 ? fate.Reason : null,
                Rule = fate.Rule,
                DecidedIn = fate.At?.Space.Key,
                Taker = fate.Taker?.Space.Key,
            };
            first ??= answer;
            if (fate.Disposition == Disposition.Delivered) return answer;
        }
        return first!;
    }

    private static IpProtocol ProtocolOf(AskedProtocol asked) => asked switch { AskedProtocol.Tcp => IpProtocol.Tcp, AskedProtocol.Udp => IpProtocol.Udp, _ => IpProtocol.Icmp };

    private NameAnswer Resolve(FrozenStack from, string owner, Question question, bool tells)
    {
        if (question.Protocol != AskedProtocol.Dns)
        {
            if (IpAddress.TryParse(question.To, out var literal)) return new([literal], Disposition.Delivered, "", []);
            if (question.To is "host" or "outside" && Own(question.To) is { Count: > 0 } own) return new(own, Disposition.Delivered, "", []);
        }
        return new NameWalk(_host, _servers, tells).Resolve(from, owner, Real(question.To), question.Protocol == AskedProtocol.Dns);
    }

    /// <summary>Addresses by which "host" and "outside" are meant: those on the uplink, IPv4 first.</summary>
    private List<IpAddress> Own(string space)
    {
        if (_own.TryGetValue(space, out var known)) return known;
        return _own[space] = Topology.Find(space) is { } there ? OnUplink(there) : space == "outside" ? [Conversation.SomewhereElse] : [];
    }

    /// <summary>A host of which Docker's part alone is known has its bridges' addresses at least.</summary>
    private static List<IpAddress> OnUplink(NetworkNamespace there)
    {
        var found = there.Interfaces.Where(i => i.Kind is not (InterfaceKind.Loopback or InterfaceKind.Bridge) && i.Master is null).SelectMany(i => i.Addresses).Select(a => a.Address)
            .Where(a => !a.IsLinkLocal).OrderBy(a => a.IsV6).Take(1).ToList();
        return found.Count > 0 ? found : there.Interfaces.Where(i => i.Kind == InterfaceKind.Bridge && i.Up).SelectMany(i => i.Addresses).Select(a => a.Address).Where(a => a.IsV4).Take(1).ToList();
    }

    /// <summary>The name by which other containers know a Compose service that was written "project/service".</summary>
    private static string Real(string name) => name.Contains('/', StringComparison.Ordinal) ? name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..] : name;

    private (FrozenStack? Stack, string Owner) Sender(string name)
    {
        if (name is "host" or "outside" && Topology.Find(name) is { } site) return (_host[site], name);
        if (name == "outside" && _host.Beyond is { } beyond) return (beyond, name);
        var container = _host.Container(name) ?? Topology.Containers.Find(c => IsService(c, name));
        if (container is null)
            throw new InputException("--from", "", $"there is no container \"{name}\"{Suggestion.For(name, Topology.Containers.Select(c => c.Name).Append("host"))}");
        return (container.State is "running" or "paused" && Topology.Find(container.Namespace) is { } space ? _host[space] : null, container.Name);
    }

    private static bool IsService(ContainerFacts container, string name)
    {
        var labels = container.Labels;
        if (!labels.TryGetValue("com.docker.compose.service", out var service)) return false;
        return name == service || labels.TryGetValue("com.docker.compose.project", out var project) && name == $"{project}/{service}";
    }
}
