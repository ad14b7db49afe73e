using NetSim.Model.Addressing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Protocols;

/// <summary>How a connection attempt over several addresses went.</summary>
/// <param name="Connection">The first that was made, or null.</param>
/// <param name="Error">The last failure.</param>
internal sealed record ConnectOutcome(ITcpConnection? Connection, Errno Error);

/// <summary>Connecting as curl does (RFC 8305): the addresses of the first one's family in turn, and the other family's 200 ms later or when those have failed.</summary>
internal static class HappyEyeballs
{
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(200);

    /// <summary>The first connection that is made.</summary>
    public static async Task<ConnectOutcome> Connect(ProcessContext process, IReadOnlyList<IpAddress> addresses, Port port, IpAddress? source = null, Port sourcePort = default)
    {
        var first = addresses.Where(a => a.IsV6 == addresses[0].IsV6).ToList();
        var second = addresses.Where(a => a.IsV6 != addresses[0].IsV6).ToList();
        var a = InTurn(process, first, port, source, sourcePort);
        if (second.Count == 0) return await a;
        bool failed = await Waiting.First(a, process.Clock.Delay(HeadStart)) == 0;
        if (failed && (await a).Connection is not null) return await a;
        var b = InTurn(process, second, port, source, sourcePort);
        if (failed) return await b;
        var (winner, loser) = await Waiting.First(a, b) == 0 ? (a, b) : (b, a);
        if ((await winner).Connection is null) return await loser;
        _ = Discard(loser);
        return await winner;
    }

    /// <summary>One address after the other.</summary>
    public static async Task<ConnectOutcome> InTurn(ProcessContext process, IReadOnlyList<IpAddress> addresses, Port port, IpAddress? source = null, Port sourcePort = default)
    {
        var error = Errno.NetworkUnreachable;
        foreach (var address in addresses)
        {
            try
            {
                return new(await process.Network.Connect(address, port, process.Name, source, sourcePort), default);
            }
            catch (SocketFailure failure)
            {
                error = failure.Errno;
            }
        }
        return new(null, error);
    }

    private static async Task Discard(Task<ConnectOutcome> late) => (await late).Connection?.Abort();
}
