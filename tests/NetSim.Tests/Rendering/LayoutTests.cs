using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Scenes;
using NUnit.Framework;

namespace NetSim.Tests.Rendering;

public sealed class LayoutTests
{
    [Test]
    public void No_text_is_hurt_whatever_the_number_of_containers_and_networks([Values(1, 2, 3, 4, 7, 12, 13, 20, 30)] int containers, [Values(1, 2, 3, 5)] int networks, [Values] bool v6)
    {
        var scene = MapPicture.Draw(Crowd.Make(containers, networks, v6), new() { Title = "A crowd", Engine = "28.5.2" });

        Assert.That(SceneLint.Complaints(scene), Is.Empty);
    }

    [Test]
    public void Cards_stand_beside_each_other_and_inside_their_rooms([Values(1, 5, 13, 30, 60)] int containers, [Values(1, 4)] int networks)
    {
        var layout = MapLayout.Of(PlanFold.Of(Crowd.Make(containers, networks)));

        var wrong = layout.Feet.Where(f => layout.Feet.Any(g => g != f && g.Box.Grown(4).Overlaps(f.Box))
            || !layout.Rooms.First(r => r.Room == f.Foot.Room).Box.Contains(f.Box) || !layout.Building.Contains(f.Box)).Select(f => f.Foot.Card.Name);

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void A_namespace_that_is_told_before_its_container_is_one_card_and_not_two()
    {
        var trace = new Trace();
        trace.Add(default, new Change.NamespaceMade("db", NamespaceKind.Container, "db"));
        trace.Add(default, new Change.VethMade("host", new InterfaceSpec { Name = "veth1" }, "db", new InterfaceSpec { Name = "eth0" }));
        trace.Add(default, new Change.RouteAdded("db", new() { Destination = Subnet.AllV4 }));
        trace.Add(new TraceRow(0, 0, 0, 0, -1, StepKind.Queued));
        trace.Add(default, new Change.ContainerSet(new("db", "551511322b5f", "redis", "running", "db", [], new Dictionary<string, string>())));

        Assert.That(PlanFold.Of(trace).Cards, Has.Count.EqualTo(1));
    }

    [Test]
    public void Rooms_do_not_overlap([Values(2, 5, 9)] int networks)
    {
        var rooms = MapLayout.Of(PlanFold.Of(Crowd.Make(20, networks))).Rooms;

        Assert.That(rooms.Where(r => rooms.Any(o => o != r && o.Box.Overlaps(r.Box))), Is.Empty);
    }

    [Test]
    public void A_container_stays_where_it_is_while_time_moves()
    {
        var trace = SeedStory.Make();
        static Spot Db(Scene scene) => scene.Shapes.OfType<Shape.Text>().First(t => t.Words == "db").At;

        var early = Db(MapPicture.Draw(trace, new() { At = new(900_000_000) }));

        Assert.That(early, Is.EqualTo(Db(MapPicture.Draw(trace, new()))));
    }

    [Test]
    public void A_packet_goes_from_floor_to_floor_through_the_host()
    {
        var layout = MapLayout.Of(PlanFold.Of(DropStory.Make()));
        var ways = new Ways(layout);

        var way = ways.Between(new("a1", "eth0"), new("b1", "eth0"));

        Assert.That(way, Has.Some.EqualTo(layout.Lobby.Stack));
    }

    [Test]
    public void A_packet_between_neighbours_stays_on_their_floor()
    {
        var layout = MapLayout.Of(PlanFold.Of(SeedStory.Make()));

        var way = new Ways(layout).Between(new("db", "eth0"), new("webapp", "eth0"));

        Assert.That(way.Select(p => p.Y).Distinct().Count(), Is.EqualTo(2));
    }
}
