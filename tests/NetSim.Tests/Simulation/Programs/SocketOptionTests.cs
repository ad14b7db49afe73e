using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs;

/// <summary>What programs ask of their TCP sockets.</summary>
public sealed class SocketOptionTests
{
    [TestCase("socat -u EXEC:'sleep 100' TCP:172.18.0.3:80,keepalive,keepidle=10,keepintvl=5,keepcnt=3", 9)]
    [TestCase("socat -u EXEC:'sleep 100' TCP:172.18.0.3:80", 0)]
    public void Who_asks_for_keepalive_hears_from_a_silent_peer(string command, int questions)
    {
        var stage = new Stage();
        stage.Start("c2", "nc", "-l", "-p", "80");
        stage.Start("c1", "sh", "-c", command);
        stage.Simulator.RunFor(TimeSpan.FromSeconds(99));

        Assert.That(Segments(stage, "c1").Count(s => s.Time > 5 && s.Length == 0), Is.EqualTo(questions));
    }

    [Test]
    public void A_peer_that_is_gone_ends_a_connection_with_keepalive()
    {
        var stage = new Stage();
        stage.Start("c2", "nc", "-l", "-p", "80");
        var socat = stage.Start("c1", "socat", "-u", "TCP:172.18.0.3:80,keepalive,keepidle=10,keepintvl=5,keepcnt=3", "STDOUT");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));
        stage.Simulator.Apply(new Change.InterfaceChanged("c2", "eth0", Up: false));
        stage.Simulator.RunFor(TimeSpan.FromSeconds(40));

        Assert.That(socat.HasEnded, Is.True);
    }

    [TestCase("", 1)]
    [TestCase(",cork", 0)]
    public void A_cork_holds_a_small_write_back_for_a_while(string option, int sent)
    {
        var stage = new Stage();
        stage.Start("c2", "nc", "-l", "-p", "80");
        stage.Start("c1", "sh", "-c", $"(sleep 1; echo hello; sleep 5) | socat -u STDIN TCP:172.18.0.3:80{option}");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1.1));

        Assert.That(Segments(stage, "c1").Count(s => s.Length > 0), Is.EqualTo(sent));
    }

    [Test]
    public void What_a_cork_held_goes_after_a_fifth_of_a_second()
    {
        var stage = new Stage();
        stage.Start("c2", "nc", "-l", "-p", "80");
        stage.Start("c1", "sh", "-c", "(sleep 1; echo hello; sleep 5) | socat -u STDIN TCP:172.18.0.3:80,cork");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1.3));

        Assert.That(Segments(stage, "c1").Count(s => s.Length > 0), Is.EqualTo(1));
    }

    private static List<(double Time, int Length)> Segments(Stage stage, string space)
    {
        int place = stage.Trace.PlaceNumber(new Place(space, "eth0"));
        var found = new List<(double, int)>();
        foreach (var (_, row) in stage.Trace.Rows().Where(r => r.Row.Place == place && r.Row.Kind == StepKind.Transmitted))
            if (Ipv4View.TryRead(stage.Trace.Packets.Bytes(row.B).AsSpan(14), out var p) && p.Protocol == IpProtocol.Tcp && TcpView.TryRead(p.Payload, out var s)) found.Add((row.Time / 1e9, s.Payload.Length));
        return found;
    }
}
