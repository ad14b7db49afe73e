using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Simulation.Events;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>The container DNS resolver: dockerd's sockets on 127.0.0.11 inside a container's namespace, one UDP and one TCP.
/// Own names are answered with TTL 600, flags qr rd ra, never aa, without OPT, the question's case kept, several addresses in random order; others are forwarded.
/// Source: moby v28.5.2 libnetwork/resolver.go; the flags, times and failures as recorded of 20.10.24, 26.1.5 and 28.5.2.</summary>
internal sealed class EmbeddedResolver(NameTable names, Func<string, INetwork> networkOf, INetwork network, IClock clock, ResolverSpec spec)
{
    private const uint Ttl = 600;
    private const string Program = "dockerd";
    private static readonly IpAddress Address = IpAddress.Parse("127.0.0.11");
    private static readonly Port DnsPort = new(53);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private ResolverSpec _spec = spec;
    private Action _stop = () => { };

    /// <summary>Takes other knowledge, if it still listens where that says.</summary>
    /// <returns>False: the ports are others, so it takes a new resolver.</returns>
    public bool Learn(ResolverSpec other)
    {
        if (other.UdpPort != _spec.UdpPort || other.TcpPort != _spec.TcpPort) return false;
        _spec = other;
        return true;
    }

    /// <summary>Ends it: its sockets are closed.</summary>
    public void Stop() => _stop();

    /// <summary>Listens and answers, as long as the namespace is there.</summary>
    public async Task Run()
    {
        using var udp = network.OpenUdp(Address, _spec.UdpPort, Program);
        using var tcp = network.Listen(Address, _spec.TcpPort, Program, backlog: 4096);
        _stop = () =>
        {
            udp.Dispose();
            tcp.Dispose();
        };
        _ = Accept(tcp);
        while (await udp.Receive() is { } datagram) _ = Answer(udp, datagram);
    }

    private async Task Accept(ITcpListener listener)
    {
        while (await listener.Accept() is { } connection) _ = Serve(connection);
    }

    private async Task Serve(ITcpConnection connection)
    {
        try
        {
            using var c = connection;
            var stream = new DnsStream(c);
            while (await stream.ReceiveBytes() is { } bytes)
                if (await Respond(bytes, overTcp: true) is { } answer) await stream.Send(answer);
        }
        catch (SocketFailure)
        {
            // The client is gone.
        }
    }

    private async Task Answer(IUdpSocket socket, Datagram datagram)
    {
        try
        {
            if (await Respond(datagram.Data, overTcp: false) is { } answer) socket.Send(answer, datagram.Source, datagram.SourcePort);
        }
        catch (SocketFailure)
        {
            // The client is gone, or the namespace.
        }
    }

    private async Task<byte[]?> Respond(byte[] bytes, bool overTcp)
    {
        if (!DnsMessage.TryRead(bytes, out var query) || query.IsResponse || query.Questions.Count == 0) return null;
        var question = query.Questions[0];
        var decision = ResolverDecision.Decide(names, _spec, question.Name, (int)question.Type);
        return decision.Outcome switch
        {
            ResolverOutcome.Answer => Reply(query, Records(question, decision)).ToBytes(compress: false),
            ResolverOutcome.Empty => Reply(query, []).ToBytes(compress: false),
            _ => await Forward(query, bytes, overTcp),
        };
    }

    private static DnsMessage Reply(DnsMessage query, IReadOnlyList<DnsRecord> answers) => new()
    {
        Id = query.Id,
        Flags = (ushort)(DnsFlags.Response | DnsFlags.RecursionAvailable | query.Flags & DnsFlags.RecursionDesired),
        Questions = [query.Questions[0]],
        Answers = answers,
    };

    private List<DnsRecord> Records(DnsQuestion question, ResolverDecision decision)
    {
        if (decision.PointerName is { } pointer) return [new(question.Name, DnsType.Ptr, Ttl, new Rdata.Target(pointer))];
        var records = decision.Addresses.Select(a => new DnsRecord(question.Name, question.Type, Ttl, new Rdata.Address(a))).ToList();
        for (int i = records.Count - 1; i > 0; i--)
        {
            int j = clock.Chance.Next(i + 1);
            (records[i], records[j]) = (records[j], records[i]);
        }
        return records;
    }

    /// <summary>Each server once, in order. SERVFAIL, silence and a closed port make it try the next; NXDOMAIN does so in old engines.</summary>
    private async Task<byte[]?> Forward(DnsMessage query, byte[] bytes, bool overTcp)
    {
        byte[]? last = null;
        foreach (var upstream in network.Routes.Routes.Count == 0 ? [] : _spec.Upstreams) // without a network nobody is asked
        {
            var answer = await AskUpstream(upstream, query, bytes, overTcp);
            if (answer is null || !DnsMessage.TryRead(answer, out var message)) continue;
            last = answer;
            bool failed = message.ResponseCode == DnsResponseCode.ServerFailure || message.ResponseCode == DnsResponseCode.NameError && _spec.NextServerOnNxDomain;
            if (!failed) return answer;
            if (message.ResponseCode == DnsResponseCode.ServerFailure && _spec.Failure == UpstreamFailure.ServFail) last = null;
        }
        if (last is not null || _spec.Failure == UpstreamFailure.Silence) return last;
        var failure = Reply(query, []);
        return (failure with { Flags = (ushort)(failure.Flags & ~DnsFlags.RecursionAvailable | (int)DnsResponseCode.ServerFailure) }).ToBytes(compress: false);
    }

    private async Task<byte[]?> AskUpstream(Upstream upstream, DnsMessage query, byte[] bytes, bool overTcp)
    {
        try
        {
            var from = networkOf(upstream.FromNamespace);
            if (overTcp) return await AskOverTcp(from, upstream.Address, bytes);
            using var socket = from.OpenUdp(upstream.Address.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, default, Program);
            socket.Connect(upstream.Address, DnsPort);
            socket.Send(bytes, upstream.Address, DnsPort);
            var until = clock.Now + Patience;
            while (await socket.ReceiveUntil(clock, until) is { } datagram)
                if (datagram.Data.Length >= 2 && (datagram.Data[0] << 8 | datagram.Data[1]) == query.Id) return datagram.Data;
        }
        catch (SocketFailure)
        {
            // No route, or nobody listens there: as if it had not answered.
        }
        catch (KeyNotFoundException)
        {
            // The namespace it asked from is gone.
        }
        return null;
    }

    private static async Task<byte[]?> AskOverTcp(INetwork from, IpAddress server, byte[] bytes)
    {
        using var connection = await from.Connect(server, DnsPort, Program);
        var stream = new DnsStream(connection);
        await stream.Send(bytes);
        return await stream.ReceiveBytes(Patience);
    }
}
