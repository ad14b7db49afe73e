using System.Net;
using System.Net.Sockets;
using NetSim.Capture.Live;
using NetSim.Model.Input;

namespace NetSim.Tests.Capture.Live;

/// <summary>The part of a live test that runs inside a network namespace made for it: `dotnet NetSim.Tests.dll live FILE`. Captures on both ends of a veth pair while it sends over it.</summary>
internal static class LiveProbe
{
    /// <summary>Datagrams sent over the cable.</summary>
    public const int Datagrams = 500;

    private const int Port = 7777;

    /// <summary>Runs what the arguments ask and prints one line; 4 when the machine lacks something.</summary>
    public static int Main(string[] args)
    {
        if (args is not ["live", var interfaces, var file]) return 2;
        try
        {
            var options = new LiveOptions { Interfaces = interfaces.Split(','), Filter = $"udp port {Port}", Count = 2 * Datagrams, Duration = TimeSpan.FromSeconds(30) };
            using var capture = LiveCapture.Open(options);
            var sender = new Thread(Send);
            sender.Start();
            foreach (var c in LiveFile.Write(capture, file, null, CancellationToken.None)) Console.WriteLine($"{c.Interface} {c.Received} {c.DroppedByKernel} {c.DroppedByInterface} {c.Taken}");
            return 0;
        }
        catch (MachineException e)
        {
            Console.WriteLine(e.Message);
            return 4;
        }
    }

    private static void Send()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var to = new IPEndPoint(IPAddress.Parse("10.9.0.9"), Port);
        for (int i = 0; i < Datagrams; i++) socket.SendTo(BitConverter.GetBytes(i), to);
    }
}
