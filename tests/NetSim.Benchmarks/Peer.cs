using System.Globalization;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Stacks;

namespace NetSim.Benchmarks;

/// <summary>W2 with 2 MB a flow, one frame in a hundred lost on the way to a receiver, and 10 ms each way on the receivers' links: for holding TCP under loss against another simulator's.</summary>
internal sealed class Peer(string congestionControl, ulong seed, bool asNs3) : TcpBulk
{
    protected override long Bytes => 2_000_000;

    public override bool IsComplete => Received == Flows * Bytes;

    /// <summary>Runs it, and prints the throughput of the flows in bytes per second.</summary>
    public static int Run(string[] options)
    {
        string name = options.Length > 0 ? options[0] : "cubic";
        ulong seed = options.Length > 1 ? ulong.Parse(options[1], CultureInfo.InvariantCulture) : 1;
        var work = new Peer(name, seed, options.Contains("ns3"));
        work.Build(null).RunUntil(() => false, new SimTime(long.MaxValue / 2));
        var rates = work.Done.Select((d, i) => work.Bytes / ((d - 1_000_000 - i * 137) / 1e9)).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"work=peer cc={name} seed={seed} ok={(work.IsComplete ? "yes" : "no")} mean={rates.Average():0} median={rates[rates.Count / 2]:0} least={rates[0]:0} most={rates[^1]:0} simtime={work.Done.Max() / 1e9:0.000}"));
        return work.IsComplete ? 0 : 1;
    }

    public override Simulator Build(Trace? trace)
    {
        var simulator = BuildOn(new BridgeWorld(trace, seed));
        var delay = new LinkFault { Delay = TimeSpan.FromMilliseconds(10) };
        for (int i = 0; i < Flows; i++)
        {
            string receiver = $"c{2 * i + 1}";
            simulator.Apply(new Change.LinkFaultSet(receiver, "eth0", FaultPlace.Cable, delay));
            simulator.Apply(new Change.LinkFaultSet("host", "veth" + receiver, FaultPlace.Cable, delay with { Loss = 0.01, Seed = (uint)(seed * 1000) + (uint)i }));
        }
        return simulator;
    }

    /// <summary>As ns-3.37 does it: CUBIC without its floor, a window that grows by acknowledgments, loss told by counting, a time-out of a second, no probes.</summary>
    protected override void Settle(TcpSettings settings)
    {
        base.Settle(settings);
        settings.CongestionControl = congestionControl;
        if (!asNs3) return;
        (settings.CubicIsFriendly, settings.CountsSegments, settings.UsesRack, settings.ProbesTail, settings.DoubtsTimeouts) = (false, false, false, false, false);
        settings.LeastTimeout = 1_000_000_000;
    }
}
