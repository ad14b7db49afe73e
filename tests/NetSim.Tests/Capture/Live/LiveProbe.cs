using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NetSim.Capture.Live;
using NetSim.Cli;
using NetSim.Cli.Output;
using NetSim.Tests.Capture.Hostile;

namespace NetSim.Tests.Capture.Live;

/// <summary>What runs in a process of its own: inside a network namespace made for a test `dotnet NetSim.Tests.dll send N [SIZE]` and `dotnet NetSim.Tests.dll netsim …`; by hand `… hostile COUNT SEED FOLDER…`.</summary>
internal static class LiveProbe
{
    /// <summary>Where datagrams are sent to: nobody, behind the veth pair.</summary>
    public const int Port = 7777;

    /// <summary>Runs what the arguments ask.</summary>
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["send", var count, .. var size]:
                Send(int.Parse(count, CultureInfo.InvariantCulture), size is [var s] ? int.Parse(s, CultureInfo.InvariantCulture) : 4);
                return 0;
            case ["netsim", .. var line]:
                InterruptSignal.Heed();
                return await Netsim.Run(line, Door.OfProcess());
            case ["hostile", var count, var seed, .. var folders]:
                return HostileRun.Run(int.Parse(count, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture), folders);
            default:
                return 2;
        }
    }

    private static void Send(int count, int size)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var to = new IPEndPoint(IPAddress.Parse("10.9.0.9"), Port);
        var datagram = new byte[size];
        for (int i = 0; i < count; i++)
        {
            BitConverter.TryWriteBytes(datagram, i);
            socket.SendTo(datagram, to);
        }
    }
}
