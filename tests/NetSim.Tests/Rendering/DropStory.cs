using NetSim.Model.Tracing;

namespace NetSim.Tests.Rendering;

/// <summary>Two networks; a packet from one to the other dies in the host's raw table.</summary>
internal static class DropStory
{
    public static Trace Make()
    {
        var b = new StoryBuilder().Host();
        b.Network("bridge", "docker0", "172.17.0.0/16");
        b.Network("neta", "br-620a26afb0b2", "172.18.0.0/16");
        b.Network("netb", "br-7e88ec9ecac8", "172.19.0.0/16");
        b.Rules("raw", "PREROUTING", 3);
        b.Rules("nat", "POSTROUTING", 8);
        b.Rules("filter", "FORWARD", 19);
        b.Step("docker run -d --name a1 --net=neta lab/tools");
        b.Container("a1", "lab/tools", "neta", "172.18.0.2");
        b.Step("docker run -d --name b1 --net=netb lab/web");
        b.Container("b1", "lab/web", "netb", "172.19.0.2");
        b.Listen("b1", 80, "web");
        b.Step("docker exec a1 curl b1", "curl from a1 to b1");
        b.Wait(500);
        for (int i = 0; i < 3; i++)
        {
            b.DroppedByRule("a1", "neta", FrameForge.Tcp(b.Ends["a1"] with { Port = 35200 }, b.Ends["b1"] with { Port = 80 }, 2), "raw", "PREROUTING");
            b.Wait(1000 << i);
        }
        return b.Trace;
    }
}
