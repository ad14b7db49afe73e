using System.Diagnostics;
using Trace = NetSim.Model.Tracing.Trace;
using System.Globalization;
using NetSim.Model.Tracing;
using NetSim.Simulation;

namespace NetSim.Benchmarks;

/// <summary>A workload of WORKLOADS.md: what is built, what must come of it.</summary>
internal interface IWorkload
{
    /// <summary>Builds the world, at instant 0.</summary>
    Simulator Build(Trace? trace);

    /// <summary>After the run: did everything expected happen?</summary>
    bool IsComplete { get; }
}

/// <summary>Runs a workload and prints one line of figures.</summary>
internal static class Workload
{
    public static int Run(IWorkload work, string[] options)
    {
        string? pcap = null;
        bool traced = false;
        int repeat = 1;
        for (int i = 0; i < options.Length; i++)
        {
            if (options[i] == "--trace") traced = true;
            else if (options[i] == "--pcap" && i + 1 < options.Length) pcap = options[++i];
            else if (options[i] == "--repeat" && i + 1 < options.Length) repeat = int.Parse(options[++i], CultureInfo.InvariantCulture);
            else return Usage(options[i]);
        }
        return Measure(work, pcap, traced, repeat);
    }

    private static int Usage(string word)
    {
        Console.Error.WriteLine($"unknown option {word}");
        return 2;
    }

    private static int Measure(IWorkload work, string? pcap, bool traced, int repeat)
    {
        long hops = 0, events = 0, delivered = 0;
        double wall = 0, cpu = 0;
        bool ok = true;
        for (int i = 0; i < repeat; i++)
        {
            var simulator = work.Build(traced ? new Trace() : null);
            using var capture = pcap is null ? null : new PortCapture(pcap);
            simulator.Kernel.Tap = capture;
            double cpuBefore = Cpu();
            long start = Stopwatch.GetTimestamp(), allocated = GC.GetAllocatedBytesForCurrentThread();
            simulator.RunUntil(new SimTime(long.MaxValue / 2));
            capture?.Dispose();
            wall += Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu += Cpu() - cpuBefore;
            if (Environment.GetEnvironmentVariable("NETSIM_ALLOCATED") is not null) Console.Error.WriteLine($"allocated {GC.GetAllocatedBytesForCurrentThread() - allocated}, live {GC.GetTotalMemory(true)}");
            hops += simulator.Hops;
            events += simulator.Events;
            delivered += simulator.Kernel.Accepted;
            ok &= work.IsComplete;
        }
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"hops={hops} events={events} delivered={delivered} wall={wall:0.000} cpu={cpu:0.000} rss_mb={self.PeakWorkingSet64 / 1048576.0:0.0} ok={(ok ? "yes" : "no")}"));
        return ok ? 0 : 1;
    }

    private static double Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
