using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Resolving;

/// <summary>Sends questions to the servers of resolv.conf as glibc does: all questions from one socket, each server in turn, the whole list several times over.
/// Source: glibc 2.36 resolv/res_send.c.</summary>
internal sealed class DnsClient(ProcessContext process, ResolvConf conf)
{
    private static readonly Port DnsPort = new(53);

    /// <summary>The answers, one for each type; null where no server gave a usable one.</summary>
    public Task<DnsMessage?[]> Ask(string name, params DnsType[] types) => Ask(name, conf.SingleRequest, types);

    /// <summary>The same; in turn: each question only after the answer to the one before.</summary>
    public async Task<DnsMessage?[]> Ask(string name, bool inTurn, DnsType[] types)
    {
        var queries = types.Select(t => DnsMessage.Query((ushort)process.Clock.Chance.Next(65536), name, t)).ToArray();
        var sockets = new IUdpSocket?[conf.Servers.Count];
        try
        {
            for (int attempt = 0; attempt < conf.Attempts; attempt++)
                for (int n = 0; n < conf.Servers.Count; n++)
                {
                    var answers = await AskServer(sockets, n, queries, inTurn);
                    if (answers is not null) return answers;
                }
        }
        finally
        {
            foreach (var s in sockets) s?.Dispose();
        }
        return new DnsMessage?[types.Length];
    }

    private TimeSpan Patience(int server) => TimeSpan.FromSeconds(Math.Max(1, server == 0 ? conf.Timeout : (conf.Timeout << server) / conf.Servers.Count));

    private async Task<DnsMessage?[]?> AskServer(IUdpSocket?[] sockets, int n, DnsMessage[] queries, bool inTurn)
    {
        var server = conf.Servers[n];
        if (conf.UseTcp) return await AskOverTcp(server, queries);
        try
        {
            if (sockets[n] is null)
            {
                sockets[n] = process.Network.OpenUdp(server.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, default, process.Name);
                sockets[n]!.Connect(server, DnsPort);
            }
            var answers = await Exchange(sockets[n]!, (server, inTurn), queries, Patience(n));
            if (answers is null) return null;
            if (answers.Any(a => a!.IsTruncated)) return await AskOverTcp(server, queries);
            if (!answers.Any(a => a!.ResponseCode is DnsResponseCode.ServerFailure or DnsResponseCode.NotImplemented or DnsResponseCode.Refused)) return answers;
        }
        catch (SocketFailure)
        {
            // A closed port or an unreachable server: the next one is asked.
        }
        sockets[n]?.Dispose();
        sockets[n] = null;
        return null;
    }

    private async Task<DnsMessage?[]?> Exchange(IUdpSocket socket, (IpAddress Server, bool InTurn) way, DnsMessage[] queries, TimeSpan patience)
    {
        var answers = new DnsMessage?[queries.Length];
        var until = process.Clock.Now + patience;
        int sent = way.InTurn ? 1 : queries.Length;
        for (int i = 0; i < sent; i++) socket.Send(queries[i].ToBytes(), way.Server, DnsPort);
        while (process.Clock.Now < until)
        {
            if (await socket.ReceiveUntil(process.Clock, until) is not { } datagram) return null;
            if (!DnsMessage.TryRead(datagram.Data, out var answer) || !answer.IsResponse) continue;
            int which = Array.FindIndex(queries, q => q.Id == answer.Id && Same(q, answer));
            if (which < 0) continue;
            answers[which] = answer;
            if (sent < queries.Length) socket.Send(queries[sent++].ToBytes(), way.Server, DnsPort);
            else if (answers.All(a => a is not null)) return answers;
        }
        return null;
    }

    private static bool Same(DnsMessage query, DnsMessage answer) =>
        answer.Questions.Count == 0 || answer.Questions[0].Type == query.Questions[0].Type && string.Equals(answer.Questions[0].Name, query.Questions[0].Name, StringComparison.OrdinalIgnoreCase);

    private async Task<DnsMessage?[]?> AskOverTcp(IpAddress server, DnsMessage[] queries)
    {
        try
        {
            using var connection = await process.Network.Connect(server, DnsPort, process.Name);
            var answers = new DnsMessage?[queries.Length];
            var stream = new DnsStream(connection);
            for (int i = 0; i < queries.Length; i++)
            {
                await stream.Send(queries[i]);
                if (await stream.Receive(TimeSpan.FromSeconds(conf.Timeout)) is not { } answer) return null;
                answers[i] = answer;
            }
            return answers;
        }
        catch (SocketFailure)
        {
            return null;
        }
    }
}
