using NetSim.Model.Tracing;
using NetSim.Simulation.Stacks;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Tcp;

/// <summary>Whatever befalls packets: no byte is lost or doubled, both ends come to an end, and every packet has one.</summary>
public sealed class TroubleTests
{
    private static readonly Troubles[] Mixes =
    [
        new(Loss: 0.01, Delay: 10_000_000),
        new(Loss: 0.1),
        new(Loss: 0.3, Delay: 1_000_000),
        new(Late: 0.3),
        new(Twice: 0.3),
        new(Corrupt: 0.1),
        new(Jitter: 3_000_000),
        new(Loss: 0.05, Twice: 0.05, Late: 0.1, Corrupt: 0.02, Delay: 2_000_000, Jitter: 500_000),
        new(Loss: 0.2, Twice: 0.2, Late: 0.5, Corrupt: 0.05, Delay: 20_000_000, Jitter: 30_000_000),
    ];

    [Test]
    public void No_byte_is_lost_or_doubled([Range(0, 8)] int mix, [Values(1, 2, 3)] int seed, [Values("cubic", "reno", "nosack", "notimestamps")] string how)
    {
        var conversation = Troubled(mix, seed, how);
        byte[] there = Conversation.Bytes(300_000), back = Conversation.Bytes(90_000);
        conversation.ServerSays = back;
        var client = conversation.Connect(there, thenCloses: true);

        conversation.Run(100_000);

        // Where a third of all is lost, a connection may end; but never quietly.
        Assert.That(Verdict(conversation, client, there, back), mix is 2 or 8 ? Is.EqualTo("whole").Or.EqualTo("reported") : Is.EqualTo("whole"));
    }

    [Test]
    public void Every_packet_is_delivered_or_dropped_or_under_way([Range(0, 8)] int mix)
    {
        var conversation = Troubled(mix, 7, "cubic");
        conversation.Connect(Conversation.Bytes(200_000), thenCloses: true);
        conversation.Run(200);

        Assert.That(conversation.World.Simulator.Kernel.Frames.InUse, Is.Zero);
    }

    [Test]
    public void Every_packet_of_the_trace_has_an_end([Range(0, 8)] int mix)
    {
        var conversation = Troubled(mix, 11, "cubic");
        conversation.Connect(Conversation.Bytes(100_000), thenCloses: true);
        conversation.Run(200);

        var rows = conversation.World.Trace.Rows().Select(r => r.Row).Where(r => r.Packet >= 0).ToList();
        var begun = rows.Where(r => r.Kind == StepKind.Originated).Select(r => r.Packet).ToHashSet();
        begun.ExceptWith(rows.Where(r => r.Kind is StepKind.Delivered or StepKind.Dropped).Select(r => r.Packet));

        Assert.That(begun, Is.Empty);
    }

    [Test]
    public void The_same_seed_makes_the_same_trace_under_trouble()
    {
        var traces = Enumerable.Range(0, 2).Select(_ =>
        {
            var conversation = Troubled(7, 5, "cubic");
            conversation.Connect(Conversation.Bytes(100_000), thenCloses: true);
            conversation.Run(60);
            return conversation.World.Trace.Rows().Select(r => r.Row).ToList();
        }).ToList();

        Assert.That(traces[0], Is.EqualTo(traces[1]));
    }

    private static Conversation Troubled(int mix, int seed, string how) => how switch
    {
        "reno" => new(Mixes[mix], seed, ("net.ipv4.tcp_congestion_control", "reno")),
        "nosack" => new(Mixes[mix], seed, ("net.ipv4.tcp_sack", "0")),
        "notimestamps" => new(Mixes[mix], seed, ("net.ipv4.tcp_timestamps", "0")),
        _ => new(Mixes[mix], seed),
    };

    private static string Verdict(Conversation conversation, Conversation.Talker client, byte[] there, byte[] back)
    {
        if (client.Failure is not null || conversation.Server?.Failure is not null) return "reported";
        if (conversation.Server is not { } server) return $"never connected: {client.Connection.State}";
        if (!server.Heard.AsSpan().SequenceEqual(there)) return $"there: {server.Heard.Length} of {there.Length}, client {client.Connection.State}, server {server.Connection.State}";
        if (!client.Heard.AsSpan().SequenceEqual(back)) return $"back: {client.Heard.Length} of {back.Length}, client {client.Connection.State}, server {server.Connection.State}";
        return client.Connection.State == TcpState.Closed && server.Connection.State == TcpState.Closed ? "whole" : $"open: client {client.Connection.State}, server {server.Connection.State}";
    }
}
