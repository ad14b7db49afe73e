using System.Diagnostics;
using System.Globalization;
using NetSim.Docker.Engine;
using NetSim.Model.Topology;
using NetSim.Workbench.Opening;

namespace NetSim.Benchmarks;

/// <summary>The model of 1,000 containers on 50 networks, each network with a subnet of its own: from docker lines, and from docker's inspect output of the same.</summary>
internal static class ModelBench
{
    private const int Networks = 50;
    private const int Containers = 1000;

    /// <summary>From docker lines: the engine executes each, the topology is the fold over the changes.</summary>
    public static int Lines(int repeat)
    {
        for (int i = 0; i < repeat; i++)
        {
            long start = Stopwatch.GetTimestamp();
            var topology = new Topology();
            Build(topology);
            Print("model-lines", start, topology);
        }
        return 0;
    }

    /// <summary>From the two files of a bundle, which are written first and not timed.</summary>
    public static int FromBundle(int repeat)
    {
        string folder = Bundle();
        for (int i = 0; i < repeat; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Print("model-bundle", start, BundleOpening.Read(folder, "28").Topology());
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <summary>Writes a bundle of two files into a folder of its own.</summary>
    public static string Bundle()
    {
        string folder = Directory.CreateTempSubdirectory("model").FullName;
        var engine = Build(new Topology());
        File.WriteAllText(Path.Combine(folder, "network-inspect.json"), engine.InspectNetworks().ToJsonString());
        File.WriteAllText(Path.Combine(folder, "container-inspect.json"), engine.InspectContainers().ToJsonString());
        return folder;
    }

    private static DockerEngine Build(Topology topology)
    {
        var images = new Dictionary<string, ImageFacts>(StringComparer.Ordinal) { ["web"] = new("web", ["httpd"], [], ["80/tcp"], new Dictionary<string, string>(StringComparer.Ordinal)) };
        var engine = new DockerEngine(EngineVersion.Default, new(), images, new Random(1));
        topology.Apply(new Model.Tracing.Change.NamespaceMade("host", NamespaceKind.Host, "host"));
        foreach (var c in engine.Boot(new())) topology.Apply(c);
        for (int n = 0; n < Networks; n++) Execute($"network create --subnet 10.{n}.0.0/16 net{n}");
        for (int n = 0; n < Containers; n++) Execute($"run -d --name c{n} --net net{n % Networks} -p {20000 + n}:80 web");
        return engine;

        void Execute(string line)
        {
            var result = engine.Execute(line.Split(' '), new());
            if (result.ExitCode != 0) throw new InvalidOperationException($"{line}: {result.Error}");
            foreach (var c in result.Changes)
                if (c is not Model.Tracing.Change.SysctlSet) topology.Apply(c);
        }
    }

    private static void Print(string what, long start, Topology topology)
    {
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        double all = (DateTime.UtcNow - self.StartTime.ToUniversalTime()).TotalSeconds;
        int rules = topology["host"].Rules.Tables.SelectMany(t => t.Chains).Sum(c => c.Rules.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} containers={topology.Containers.Count} networks={topology.Networks.Count} endpoints={topology.Endpoints.Count} rules={rules} wall={wall:0.000} since_start={all:0.000}"));
    }
}
