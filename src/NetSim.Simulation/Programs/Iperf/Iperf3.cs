using System.Text.Json.Nodes;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>iperf3 3.12: client (-c) and server (-s), TCP and UDP, -R, -P, -n, -k, -t, -b, -l, -i, -J, -1, -D.</summary>
internal sealed class Iperf3 : IProgram
{
    public string Name => "iperf3";

    public async Task<int> Run(ProcessContext process)
    {
        var options = new IperfOptions(process.Arguments);
        if (options.Problem is { } problem) return process.Fail(1, $"iperf3: parameter error - {problem}\n\nUsage: iperf3 [-s|-c host] [options]\n       iperf3 [-h|--help] [-v|--version]\n");
        if (options.Serves) return await Serve(process, options);
        try
        {
            await new IperfClient(process, options).Run();
            return 0;
        }
        catch (IperfFailure failure)
        {
            if (options.Json) process.Output.Write(IperfJson.Text(new JsonObject { ["start"] = new JsonObject(), ["intervals"] = new JsonArray(), ["end"] = new JsonObject(), ["error"] = "error - " + failure.Message }) + "\n");
            else process.Error.Write($"iperf3: error - {failure.Message}\n");
            return 1;
        }
    }

    /// <summary>A daemon is a process of its own.</summary>
    private static async Task<int> Serve(ProcessContext process, IperfOptions options)
    {
        if (options.Daemon)
        {
            process.Start(new([.. process.Arguments.Where(a => a is not ("-D" or "--daemon"))], process.Environment, TextPipe.Empty(), TextSink.Null, TextSink.Null));
            return 0;
        }
        var server = new IperfService(process, options);
        var run = server.Run();
        return await Waiting.First(run, server.Ended) == 0 ? await run : 0;
    }
}
