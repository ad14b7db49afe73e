using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>docker-proxy: one process for a published port and address family. TCP: it accepts, then dials the container, and passes bytes and half-closes both ways.
/// UDP: a flow of its own for each client, forgotten after 90 s of silence. Source: moby v28.5.2 cmd/docker-proxy/tcp_proxy.go, udp_proxy.go.</summary>
internal sealed class DockerProxy : IProgram
{
    private static readonly TimeSpan UdpPatience = TimeSpan.FromSeconds(90);

    public string Name => "docker-proxy";

    public async Task<int> Run(ProcessContext process)
    {
        process.CatchTerm(0);
        var words = new OptionWords(process.Arguments);
        if (!IpAddress.TryParse(words.After("-host-ip"), out var host) || !IpAddress.TryParse(words.After("-container-ip"), out var container)) return process.Fail(1, "docker-proxy: -host-ip and -container-ip are needed");
        var hostPort = Port(words.After("-host-port"));
        var containerPort = Port(words.After("-container-port"));
        if (words.After("-proto") == "udp") await Udp(process, host, hostPort, container, containerPort);
        else await Listening.Serve(process, host, hostPort, c => Tcp(process, c, container, containerPort), onlyIpv6: true);
        return 0;
    }

    private static Port Port(string? text) => new(ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort n) ? n : (ushort)0);

    private static async Task Tcp(ProcessContext process, ITcpConnection client, IpAddress container, Port port)
    {
        ITcpConnection server;
        try
        {
            server = await process.Network.Connect(container, port, process.Name);
        }
        catch (SocketFailure)
        {
            return;
        }
        foreach (var c in (ITcpConnection[])[client, server])
        {
            c.NoDelay = true; // as Go makes every connection: go 1.22 src/net/tcpsock.go newTCPConn
            c.KeepAlive = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15), 9);
        }
        using (server) await Waiting.All(Pass(client, server), Pass(server, client));
    }

    private static async Task Pass(ITcpConnection from, ITcpConnection to)
    {
        try
        {
            while (await from.Receive() is { Length: > 0 } bytes) await to.Send(bytes);
        }
        catch (SocketFailure)
        {
            // One side broke off: the other is told by its end.
        }
        to.Shutdown();
    }

    private static async Task Udp(ProcessContext process, IpAddress host, Port hostPort, IpAddress container, Port port)
    {
        using var socket = process.Network.OpenUdp(host, hostPort, process.Name);
        var flows = new Dictionary<(IpAddress, Port), IUdpSocket>();
        while (await socket.Receive() is { } datagram)
        {
            var client = (datagram.Source, datagram.SourcePort);
            if (!flows.TryGetValue(client, out var flow))
            {
                flow = process.Network.OpenUdp(container.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, default, process.Name);
                flow.Connect(container, port);
                flows.Add(client, flow);
                _ = Return(socket, flow, flows, client);
            }
            try
            {
                flow.Send(datagram.Data, container, port);
            }
            catch (SocketFailure)
            {
                // Lost, as datagrams are.
            }
        }
    }

    private static async Task Return(IUdpSocket socket, IUdpSocket flow, Dictionary<(IpAddress Address, Port Port), IUdpSocket> flows, (IpAddress Address, Port Port) client)
    {
        using (flow)
        {
            while (true)
            {
                try
                {
                    if (await flow.Receive(UdpPatience) is not { } datagram) break;
                    socket.Send(datagram.Data, client.Address, client.Port);
                }
                catch (SocketFailure failure) when (failure.Errno == Errno.ConnectionRefused)
                {
                    // Nobody listens yet: it goes on listening.
                }
            }
        }
        flows.Remove(client);
    }
}
