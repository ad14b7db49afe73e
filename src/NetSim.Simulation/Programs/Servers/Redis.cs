using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>redis-server, as the program or (served-redis) as an image's behaviour with the parameter "port".</summary>
internal sealed class Redis(string name) : IProgram
{
    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        process.CatchTerm(0);
        string? text = process.Parameters.GetValueOrDefault("port") ?? new OptionWords(process.Arguments).After("--port");
        ushort port = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort p) ? p : (ushort)6379;
        var store = new RedisStore(process.Clock);
        await Listening.Serve(process, null, new Port(port), c => Serve(store, c));
        return 0;
    }

    private static async Task Serve(RedisStore store, ITcpConnection connection)
    {
        var reader = new RespReader();
        while (await connection.Receive() is { Length: > 0 } bytes)
        {
            reader.Feed(bytes);
            var replies = new StringBuilder();
            while (reader.Command() is { } words)
            {
                if (words.Count == 0) continue;
                replies.Append(store.Execute(words));
                if (string.Equals(words[0], "QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    await connection.Send(Encoding.UTF8.GetBytes(replies.ToString()));
                    return;
                }
            }
            if (replies.Length > 0) await connection.Send(Encoding.UTF8.GetBytes(replies.ToString()));
        }
    }
}
