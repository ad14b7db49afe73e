using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>redis-server 7.0, as the program or (served-redis) as an image's behaviour with the parameter "port": --port, --bind, --protected-mode, --requirepass is not modelled.</summary>
internal sealed class Redis(string name) : IProgram
{
    private const int Backlog = 511;

    /// <summary>What a client from elsewhere gets when the server was started by hand, without a configuration (networking.c, acceptCommonHandler).</summary>
    private const string Denied = "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the default user. In this mode connections are only accepted from the loopback interface. " +
        "If you want to connect from external computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode sending the command 'CONFIG SET protected-mode no' from the loopback interface by connecting to Redis " +
        "from the same host the server is running, however MAKE SURE Redis is not publicly accessible from internet if you do so. Use CONFIG REWRITE to make this change permanent. 2) Alternatively you can just disable the protected mode by " +
        "editing the Redis configuration file, and setting the protected mode option to 'no', and then restarting the server. 3) If you started the server manually just for testing, restart it with the '--protected-mode no' option. " +
        "4) Setup a an authentication password for the default user. NOTE: You only need to do one of the above things in order for the server to start accepting connections from the outside.\r\n";

    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        process.CatchTerm(0);
        var words = new OptionWords(process.Arguments.SelectMany(a => a.Split(' ')).ToList());
        string? text = process.Parameters.GetValueOrDefault("port") ?? words.After("--port");
        ushort port = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort p) ? p : (ushort)6379;
        bool guarded = process.Parameters.Count == 0 && words.After("--protected-mode") != "no" && words.After("--bind") is null;
        IpAddress? bound = IpAddress.TryParse(words.After("--bind"), out var b) ? b : null;
        var store = new RedisStore(process.Clock);
        try
        {
            await Listening.Serve(process, bound, new Port(port), c => Serve(store, c, guarded), backlog: Backlog);
        }
        catch (SocketFailure failure)
        {
            process.Output.Write($"1:M {process.Clock.Wall.ToString("dd MMM yyyy HH:mm:ss.fff", CultureInfo.InvariantCulture)} # Warning: Could not create server TCP listening socket *:{port}: bind: {ErrnoText.Of(failure.Errno)}\n");
            return 1;
        }
        return 0;
    }

    private static async Task Serve(RedisStore store, ITcpConnection connection, bool guarded)
    {
        connection.NoDelay = true;
        connection.KeepAlive = new(TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(100), 3); // tcp-keepalive 300; source: redis 6.0 src/anet.c anetKeepAlive
        if (guarded && !connection.RemoteAddress.IsLoopback)
        {
            await connection.Send(Encoding.UTF8.GetBytes(Denied));
            return;
        }
        var reader = new RespReader();
        int database = 0;
        while (await connection.Receive() is { Length: > 0 } bytes)
        {
            reader.Feed(bytes);
            var replies = new StringBuilder();
            while (reader.Command() is { } words)
            {
                if (words.Count == 0) continue;
                if (words[0].ToUpperInvariant() is "POST" or "HOST:") return; // a web client: it is cut off before the replies are written (securityWarningCommand)
                replies.Append(store.Execute(words, ref database));
                if (!string.Equals(words[0], "QUIT", StringComparison.OrdinalIgnoreCase)) continue;
                await connection.Send(Encoding.UTF8.GetBytes(replies.ToString()));
                return;
            }
            if (replies.Length > 0) await connection.Send(Encoding.UTF8.GetBytes(replies.ToString()));
        }
    }
}
