using NetSim.Docker.Books;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Networks;

/// <summary>The veth pair of an endpoint. Up to 27 both ends are made in the host, the container's end first, and keep their numbers; from 28 the container's
/// end is made in its namespace, with that namespace's next number. Source: moby v28.5.2 libnetwork/drivers/bridge/bridge_linux.go createVeth; recorded in 01-seed.</summary>
internal static class VethNumbers
{
    /// <summary>Makes the pair.</summary>
    public static void Make(Daemon d, Endpoint e, Sandbox sandbox)
    {
        var origin = new Origin(e.Container.OriginObject, "", "veth-pair");
        int mtu = e.Network.Mtu > 0 ? e.Network.Mtu : 1500;
        e.HostInterface = d.Ids.NewVeth();
        e.TemporaryName = d.Ids.NewVeth();
        var host = new InterfaceSpec { Name = e.HostInterface, Kind = InterfaceKind.Veth, Mac = d.Ids.NewMac(), Mtu = mtu };
        var inside = new InterfaceSpec { Name = e.TemporaryName, Kind = InterfaceKind.Veth, Mac = d.Ids.NewMac(), Mtu = mtu };
        if (d.Version.AtLeast(28))
        {
            host = host with { Index = d.Numbers.Next() };
            inside = inside with { Index = sandbox.NextIndex++ };
            d.Make(new Change.VethMade("host", host, sandbox.Namespace, inside) { Origin = origin });
        }
        else
        {
            inside = inside with { Index = d.Numbers.Next() };
            host = host with { Index = d.Numbers.Next() };
            d.Make(new Change.VethMade("host", inside, "host", host) { Origin = origin });
        }
    }
}
