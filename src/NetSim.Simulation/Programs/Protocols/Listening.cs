using NetSim.Model.Addressing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Protocols;

/// <summary>Listening on a port and serving each connection beside the others.</summary>
internal static class Listening
{
    /// <summary>Serves connections of one address, or of all addresses of both families, for ever.</summary>
    /// <param name="process">Whose sockets they are.</param>
    /// <param name="address">Null: all.</param>
    /// <param name="port">The port.</param>
    /// <param name="serve">Serves a connection; it is closed afterwards.</param>
    /// <param name="onlyIpv6">Does :: mean IPv6 alone?</param>
    /// <param name="backlog">Connections that may wait to be accepted.</param>
    public static async Task Serve(ProcessContext process, IpAddress? address, Port port, Func<ITcpConnection, Task> serve, bool onlyIpv6 = false, int backlog = 128)
    {
        var listeners = new List<ITcpListener> { process.Network.Listen(address ?? IpAddress.AnyV4, port, process.Name, backlog, onlyIpv6) };
        if (address is null)
        {
            try
            {
                listeners.Add(process.Network.Listen(IpAddress.AnyV6, port, process.Name, backlog, onlyIpv6: true));
            }
            catch (SocketFailure)
            {
                // No IPv6 here.
            }
        }
        await Waiting.All(listeners.Select(l => (Task)Accept(l, serve)).ToList());
    }

    /// <summary>A connection with its end: a client that breaks off is no failure of the server.</summary>
    public static async Task Tolerate(ITcpConnection connection, Func<ITcpConnection, Task> serve)
    {
        try
        {
            using var c = connection;
            await serve(c);
        }
        catch (SocketFailure)
        {
            // The client is gone.
        }
        catch (ProcessKilled)
        {
            // So is the server.
        }
    }

    private static async Task Accept(ITcpListener listener, Func<ITcpConnection, Task> serve)
    {
        while (await listener.Accept() is { } connection) _ = Tolerate(connection, serve);
    }
}
