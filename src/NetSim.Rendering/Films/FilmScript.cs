using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Films;

/// <summary>Chooses what a film tells: first how each docker command builds, then the packets that show something new. What repeats is left out, and counted.</summary>
internal sealed class FilmScript
{
    private const double Event = 900, Again = 420;
    private readonly TraceIndex _index;
    private readonly MapPlan _plan;
    private readonly List<Beat> _beats = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private bool _began;

    private FilmScript(TraceIndex index, MapPlan plan) => (_index, _plan) = (index, plan);

    /// <summary>The beats of a trace in order.</summary>
    public static IReadOnlyList<Beat> Of(TraceIndex index, MapPlan plan)
    {
        var script = new FilmScript(index, plan);
        var packets = Novelty.Choose(index).ToDictionary(e => e.FirstRow);
        foreach (var (number, row) in index.Trace.Rows())
        {
            if (row.Kind == StepKind.Changed) script.Change(number, index.Trace.Change(row.A));
            if (packets.TryGetValue(number, out var packet)) script._beats.Add(new(number, 420, Nothing, "", "", packet));
        }
        return script._beats;
    }

    private static IReadOnlySet<string> Nothing { get; } = new HashSet<string>(StringComparer.Ordinal);

    private void Change(long row, Change change)
    {
        if (change is Model.Tracing.Change.StoryStep) _began = true;
        if (!_began) return;
        switch (change)
        {
            case Change.NetworkSet c: Network(row, c.Network); break;
            case Change.ContainerSet c: Container(row, c.Container); break;
            case Change.VethMade c when FootOf(c.Interface.Name, c.Peer.Name) is { } foot: Pair(row, foot); break;
            case Change.InterfaceMoved c: Moved(row, c); break;
            case Change.AddressAdded c when c.Address.Address.IsV4: Addressed(row, c); break;
            case Change.NamePublished c: Published(row, c); break;
        }
    }

    private void Tell(string key, string kind, (long Row, string Sentence, string Why) what, string? pair = null)
    {
        if (!_told.Add(key)) return;
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        _beats.Add(new(what.Row, _kinds[kind] == 1 ? Event : Again, new HashSet<string>(StringComparer.Ordinal) { key }, what.Sentence, what.Why, null, pair));
    }

    private void Network(long row, NetworkFacts n)
    {
        if (_plan.Rooms.Find(r => r.Name == n.Name) is not { } room) return;
        Tell("room " + n.Name, "room", (row, $"A bridge appears: {room.Bridge} is the floor of {n.Name}.", $"It wears the gateway’s address, {room.Gateway}; the others of {room.Subnets} are free."));
    }

    private void Container(long row, ContainerFacts c)
    {
        Tell("card " + c.Name, "card", (row, $"{c.Name} is created from {c.Image}.", "It gets a network namespace of its own, still without a cable."));
        if (c.State != "running") return;
        foreach (var p in c.Published)
            Tell("door :" + p.HostPort, "door", (row, $"Port {p.HostPort} of the host now leads to {c.Name}, port {p.ContainerPort}.", "A rule of the nat table readdresses what comes in there."));
    }

    private PlanFoot? FootOf(params string[] names) => _plan.Cards.SelectMany(c => c.Feet).FirstOrDefault(f => names.Contains(f.HostEnd));

    private void Pair(long row, PlanFoot foot) => Tell("pair " + foot.HostEnd, "pair",
        (row, "A veth pair is made: a cable with two ends.", $"Both are still in the host’s namespace; {foot.HostEnd} will stay there, on the floor of {foot.Room.Name}."), foot.HostEnd);

    private void Moved(long row, Change.InterfaceMoved c)
    {
        if (!_plan.ByNamespace.TryGetValue(c.ToNamespace, out var card) || card.Feet.Find(f => f.Interface == c.NewName) is not { } foot) return;
        Tell("cable " + foot.HostEnd, "cable", (row, $"One end moves in with {card.Name}.", $"It changes its name on the threshold: inside it is {c.NewName}."));
    }

    private void Addressed(long row, Change.AddressAdded c)
    {
        if (!_plan.ByNamespace.TryGetValue(c.Namespace, out var card) || card.Feet.Find(f => f.Interface == c.Interface) is not { } foot) return;
        Tell("address " + foot.HostEnd, "address", (row, $"{card.Name} gets {c.Address.Address}.", $"Docker leases the next free address of {foot.Room.Name}, and gives the interface its MAC address."));
    }

    private void Published(long row, Change.NamePublished c)
    {
        if (c.Name.Name != c.Name.Container) return;
        Tell("name " + c.Name.Container + " " + c.Name.Network, "name", (row, $"Its name is published: {c.Name.Name} is {c.Name.Address}.", $"Everybody on {c.Name.Network} who asks 127.0.0.11 for it learns that."));
    }
}
