using NetSim.Model.Tracing;

namespace NetSim.Tests.Rendering;

/// <summary>Packets that die in the hooks of their bridge, as on a host whose bridges call netfilter, in networks of many sizes.</summary>
internal static class FloorDropStory
{
    /// <summary>Every container of the first network sends one packet to a stranger, and one knocks in vain.</summary>
    public static Trace Make(int containers, int networks, bool v6 = false)
    {
        var b = new StoryBuilder().Host();
        b.Rules("raw", "PREROUTING", 3);
        b.Rules("filter", "FORWARD", 12);
        for (int n = 0; n < networks; n++) b.Network($"net{n}", $"br-{n:x12}", $"172.{18 + n}.0.0/16", v6 ? $"fd00:{n + 1:x}::/64" : null);
        b.Step("docker exec c0 curl c1", "a stranger is called");
        for (int i = 0; i < containers; i++)
        {
            int n = i % networks;
            b.Container($"c{i}", "nginx", $"net{n}", $"172.{18 + n}.0.{i / networks + 2}", null, v6 ? $"fd00:{n + 1:x}::{i / networks + 2:x}" : null);
            b.Listen($"c{i}", 80, "nginx");
        }
        for (int i = 0; i < containers; i++)
        {
            b.DroppedOnFloor($"c{i}", $"net{i % networks}", FrameForge.Tcp(b.Ends[$"c{i}"] with { Port = 35200 }, b.Ends[$"c{(i + 1) % containers}"] with { Port = 80 }, 2));
            b.Wait(700);
        }
        b.Refused("c0", "net0", FrameForge.Tcp(b.Ends["c0"] with { Port = 35300 }, b.Ends[$"c{(networks < containers ? networks : 0)}"] with { Port = 81 }, 2), $"c{(networks < containers ? networks : 0)}");
        return b.Trace;
    }
}
