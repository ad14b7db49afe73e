using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>A server whose protocol is not modelled: it listens, accepts and reads, and says nothing. Parameter: port.</summary>
/// <param name="name">"served-tcp" or "served-udp".</param>
/// <param name="udp">Datagrams instead of connections.</param>
internal sealed class ServedPort(string name, bool udp) : IProgram
{
    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var port = new Port(ushort.Parse(process.Parameters["port"], NumberStyles.None, CultureInfo.InvariantCulture));
        if (udp) await Hear(process, port);
        else await Listening.Serve(process, null, port, Read);
        return 0;
    }

    private static async Task Read(ITcpConnection connection)
    {
        while (await connection.Receive() is { Length: > 0 }) { }
    }

    private static async Task Hear(ProcessContext process, Port port)
    {
        using var socket = process.Network.OpenUdp(IpAddress.AnyV6, port, process.Name);
        while (true) await socket.Receive();
    }
}
