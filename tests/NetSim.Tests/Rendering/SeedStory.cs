using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;

namespace NetSim.Tests.Rendering;

/// <summary>The story of the mock-up: three containers on one network; network_test curls webapp, which counts in db; a client outside.</summary>
internal static class SeedStory
{
    private const byte Syn = 2, SynAck = 18, Ack = 16, Push = 24, Fin = 17;

    public static Trace Make()
    {
        var b = new StoryBuilder().Host();
        b.Network("bridge", "docker0", "172.17.0.0/16");
        b.Rules("raw", "PREROUTING", 3);
        b.Rules("nat", "POSTROUTING", 8);
        b.Rules("filter", "FORWARD", 19);
        b.Wait(100);
        b.Step("docker network create app", "A network of our own: Docker makes a bridge and gives it a subnet.");
        b.Network("app", "br-7dc0a208ea23", "172.18.0.0/16");
        b.Wait(400);
        b.Step("docker run -d --name db --net=app jamtur01/redis", "A database moves in.");
        b.Container("db", "jamtur01/redis", "app", "172.18.0.2");
        b.Listen("db", 6379, "redis");
        b.Step("docker run -d -p 4567 --net=app --name webapp jamtur01/sinatra", "A web application; a port of the host leads to it.");
        b.Container("webapp", "jamtur01/sinatra", "app", "172.18.0.3", [new("tcp", IpAddress.AnyV4, new(32768), new(4567)), new("tcp", IpAddress.AnyV6, new(32768), new(4567))]);
        b.Listen("webapp", 4567, "python3");
        b.Step("docker run -p 4567 --net=app --name network_test -t -i jamtur01/sinatra bash");
        b.Container("network_test", "jamtur01/sinatra", "app", "172.18.0.4", [new("tcp", IpAddress.AnyV4, new(32769), new(4567))]);
        b.Wait(900);
        b.Step("docker exec network_test dig db", "Who is db?");
        Ask(b, "network_test", "db");
        b.Wait(300);
        b.Step("docker exec network_test ping -c 2 db");
        Meet(b, "network_test", "db");
        Ping(b, "network_test", "db");
        b.Wait(400);
        b.Step("docker exec network_test curl -sS http://webapp:4567/", "network_test curls webapp; webapp needs db.");
        Curl(b);
        b.Wait(400);
        b.Step("outside: curl -sS http://203.0.113.2:32768/", "A client outside knows only the host.");
        Outside(b);
        return b.Trace;
    }

    private static void Curl(StoryBuilder b)
    {
        Ask(b, "network_test", "webapp");
        Meet(b, "network_test", "webapp");
        var (client, web) = Conversation(b, "network_test", 42112, "webapp", 4567);
        Handshake(b, "network_test", "webapp", (client, web));
        b.Bridged("network_test", "webapp", "app", FrameForge.Tcp(client, web, Push, "GET / HTTP/1.1\r\nHost: webapp\r\n\r\n"), first: false);
        b.Bridged("webapp", "network_test", "app", FrameForge.Tcp(web, client, Ack), first: false);
        Ask(b, "webapp", "db");
        Meet(b, "webapp", "db");
        var (app, db) = Conversation(b, "webapp", 33316, "db", 6379);
        Handshake(b, "webapp", "db", (app, db));
        b.Bridged("webapp", "db", "app", FrameForge.Tcp(app, db, Push, "*2\r\n$4\r\nINCR\r\n$4\r\nhits\r\n"), first: false);
        b.Bridged("db", "webapp", "app", FrameForge.Tcp(db, app, Ack), first: false);
        b.Bridged("db", "webapp", "app", FrameForge.Tcp(db, app, Push, ":1\r\n"), first: false);
        b.Bridged("webapp", "db", "app", FrameForge.Tcp(app, db, Ack), first: false);
        Close(b, "webapp", "db", (app, db));
        b.Bridged("webapp", "network_test", "app", FrameForge.Tcp(web, client, Push, "HTTP/1.0 200 OK\r\nServer: x\r\n\r\n"), first: false);
        b.Bridged("network_test", "webapp", "app", FrameForge.Tcp(client, web, Ack), first: false);
        Close(b, "network_test", "webapp", (client, web));
    }

    private static void Outside(StoryBuilder b)
    {
        var client = b.Ends["outside"] with { Port = 51000 };
        var door = b.Ends["host"] with { Port = 32768 };
        var web = b.Ends["webapp"] with { Port = 4567 };
        var was = new FlowKey(IpProtocol.Tcp, client.Address, new(51000), door.Address, new(32768));
        b.FromOutside("webapp", "app", FrameForge.Tcp(client, door, Syn), FrameForge.Tcp(client, web, Syn), was, was with { Destination = web.Address, DestinationPort = new(4567) });
    }

    public static void Ask(StoryBuilder b, string who, string name)
    {
        End program = new(default, IpAddress.LoopbackV4, 40000), resolver = new(default, IpAddress.Parse("127.0.0.11"), 53);
        b.Looped(who, FrameForge.Udp(program, resolver, FrameForge.Dns(name, null)));
        b.Wait(.1);
        b.Looped(who, FrameForge.Udp(resolver, program, FrameForge.Dns(name, b.Ends[name].Address)));
        b.Wait(.1);
    }

    public static void Meet(StoryBuilder b, string a, string c)
    {
        b.Flooded(a, "app", FrameForge.Arp(b.Ends[a].Mac, b.Ends[a].Address, default, b.Ends[c].Address, false));
        b.Bridged(c, a, "app", FrameForge.Arp(b.Ends[c].Mac, b.Ends[c].Address, b.Ends[a].Mac, b.Ends[a].Address, true));
    }

    private static void Ping(StoryBuilder b, string a, string c)
    {
        for (ushort i = 1; i <= 2; i++)
        {
            b.Bridged(a, c, "app", FrameForge.Ping(b.Ends[a], b.Ends[c], false, i));
            b.Bridged(c, a, "app", FrameForge.Ping(b.Ends[c], b.Ends[a], true, i), first: false);
            b.Wait(200);
        }
    }

    private static (End, End) Conversation(StoryBuilder b, string a, ushort p, string c, ushort q) => (b.Ends[a] with { Port = p }, b.Ends[c] with { Port = q });

    public static void Handshake(StoryBuilder b, string a, string c, (End A, End C) ends)
    {
        b.Bridged(a, c, "app", FrameForge.Tcp(ends.A, ends.C, Syn));
        b.Bridged(c, a, "app", FrameForge.Tcp(ends.C, ends.A, SynAck), first: false);
        b.Bridged(a, c, "app", FrameForge.Tcp(ends.A, ends.C, Ack), first: false);
    }

    private static void Close(StoryBuilder b, string a, string c, (End A, End C) ends)
    {
        b.Bridged(a, c, "app", FrameForge.Tcp(ends.A, ends.C, Fin), first: false);
        b.Bridged(c, a, "app", FrameForge.Tcp(ends.C, ends.A, Fin), first: false);
        b.Bridged(a, c, "app", FrameForge.Tcp(ends.A, ends.C, Ack), first: false);
    }
}
