using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;

namespace NetSim.Benchmarks;

/// <summary>Hosts of growing size, from docker lines, as `netsim run` runs them: a hundred containers a network, each network with a subnet of its own.
/// Then each container asks its neighbour by name: a ping, and a web page by TCP. The trace of everything is kept.</summary>
internal static class ScaleBench
{
    private const int PerNetwork = 100;

    /// <summary>Runs the sizes given, or 10, 100, 1,000 and 10,000; `--publish` gives each container a port of the host.</summary>
    public static int Run(string[] options)
    {
        bool publish = options.Contains("--publish");
        var sizes = options.Where(o => o != "--publish").Select(o => int.Parse(o, CultureInfo.InvariantCulture)).ToList();
        bool right = true;
        foreach (int n in sizes.Count > 0 ? sizes : [10, 100, 1000, 10_000]) right &= Measure(n, publish);
        return right ? 0 : 1;
    }

    private static bool Measure(int containers, bool publish)
    {
        int networks = (containers + PerNetwork - 1) / PerNetwork;
        double start = Cpu(), built = 0;
        int answered = 0, steps = 0;
        var result = ScenarioRun.Run(ScenarioReader.Read("scale.sh", Lines(containers, networks, publish)), new RunSettings { AfterStep = Heard });
        double all = Cpu() - start;
        long live = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"scale containers={containers} networks={networks} build={built:0.00} traffic={all - built:0.00} events={result.Trace.Count} frames={result.Trace.Packets.Count} changes={result.Trace.Changes.Count} live_mb={live / 1048576.0:0} peak_mb={self.PeakWorkingSet64 / 1048576.0:0} ok={(answered == 2 * containers ? "yes" : "no")}"));
        return answered == 2 * containers;

        void Heard(StepResult step)
        {
            steps++;
            if (steps == networks + containers) built = Cpu() - start;
            if (steps > networks + containers && step.ExitCode == 0) answered++;
        }
    }

    private static string Lines(int containers, int networks, bool publish)
    {
        var text = new StringBuilder();
        for (int n = 0; n < networks; n++) text.Append(CultureInfo.InvariantCulture, $"docker network create --subnet 10.{n}.0.0/16 net{n}\n");
        for (int n = 0; n < containers; n++) text.Append(CultureInfo.InvariantCulture, $"docker run -d --name c{n} --net net{n / PerNetwork} {(publish ? $"-p {20000 + n}:80 " : "")}lab/web\n");
        for (int n = 0; n < containers; n++)
        {
            int first = n / PerNetwork * PerNetwork, among = Math.Min(PerNetwork, containers - first);
            string neighbour = $"c{first + (n - first + 1) % among}";
            text.Append(CultureInfo.InvariantCulture, $"docker exec c{n} ping -c 1 {neighbour}\ndocker exec c{n} wget -q -O - http://{neighbour}/name\n");
        }
        return text.ToString();
    }

    private static double Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
