using System.Diagnostics;
using System.Globalization;
using NetSim.Analysis.Explanation;
using NetSim.Model.Addressing;
using NetSim.Workbench.Explaining;

namespace NetSim.Benchmarks;

/// <summary>Who can reach whom on a host of 1,000 containers, one published port each, on 50 networks: every running container, the host and the outside to every container, its port and every published port.</summary>
internal static class MatrixBench
{
    /// <summary>The whole matrix, some times, and one question.</summary>
    public static int Run(int repeat)
    {
        string folder = ModelBench.Bundle();
        for (int i = 0; i < repeat; i++)
        {
            var input = Open(folder);
            long start = Stopwatch.GetTimestamp();
            var cells = ReachMatrix.Of(input.Explainer);
            double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
            string fates = string.Join(' ', cells.GroupBy(c => c.Disposition).OrderBy(g => g.Key).Select(g => $"{g.Key.ToString().ToLowerInvariant()}={g.Count()}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"matrix cells={cells.Count} {fates} wall={wall:0.000}"));
        }
        var asked = Open(folder);
        long one = Stopwatch.GetTimestamp();
        var answer = asked.Explainer.Explain(new("c0", "c50", new Port(80), AskedProtocol.Tcp));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"explain verdict={answer.Disposition.ToString().ToLowerInvariant()} wall={Stopwatch.GetElapsedTime(one).TotalSeconds:0.0000}"));
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static FrozenInput Open(string folder) => FrozenInput.Open(new(folder, "28", 1), [], CancellationToken.None);
}
