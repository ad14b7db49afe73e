using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>nslookup of BIND 9.18 and of busybox 1.35: a name or address, and a server; -type=, -timeout=, -retry=, -port=, -nosearch, -vc.</summary>
internal sealed class Nslookup(string name) : IProgram
{
    private readonly bool _busybox = name.StartsWith("busybox", StringComparison.Ordinal);

    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var operands = process.Arguments.Skip(1).Where(a => !a.StartsWith('-')).ToList();
        if (operands.Count == 0) return process.Fail(1, "Usage: nslookup HOST [SERVER]");
        var conf = ResolvConf.Read(process.Files.Read("/etc/resolv.conf"), process.Spec.Hostname);
        IReadOnlyList<IpAddress> servers = conf.Servers;
        if (operands.Count > 1)
        {
            var host = await new GlibcResolver(process).Addresses(operands[1]);
            if (host.Addresses.Count == 0) return process.Fail(1, _busybox ? $"nslookup: bad address '{operands[1]}'" : $"nslookup: couldn't get address for '{operands[1]}': not found");
            servers = [host.Addresses[0]];
        }
        return await new NslookupRun(process, conf, servers, _busybox).Run(operands[0]);
    }
}

/// <summary>One look-up.</summary>
internal sealed class NslookupRun(ProcessContext process, ResolvConf conf, IReadOnlyList<IpAddress> servers, bool busybox)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(Number("timeout", process) ?? 5);
    private readonly int _tries = Number("retry", process) ?? 3;
    private readonly Port _port = new((ushort)(Number("port", process) ?? 53));
    private bool _headed;
    private int _code;

    /// <summary>Asks for the addresses, or what -type= says; the names of the search list first when the name has too few dots.</summary>
    public async Task<int> Run(string asked)
    {
        bool reverse = IpAddress.TryParse(asked, out var address);
        string? word = Word("type", process) ?? Word("query", process) ?? Word("q", process);
        DnsType[] types = word is not null && DnsWords.TryParse(word, out var type) ? [type] : reverse ? [DnsType.Ptr] : [DnsType.A, DnsType.Aaaa];
        var names = reverse ? [ReverseName.Of(address)] : Names(asked);
        for (int i = 0; i < names.Count; i++)
        {
            bool last = i + 1 == names.Count;
            if (busybox)
            {
                if (!await All(names[i], types)) return 1;
                break;
            }
            if (await One(names[i], types, last) is { } code) return code;
        }
        return _code;
    }

    private static int? Number(string option, ProcessContext process) =>
        int.TryParse(Word(option, process), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int n) ? n : null;

    private static string? Word(string option, ProcessContext process) =>
        process.Arguments.Skip(1).Where(a => a.StartsWith($"-{option}=", StringComparison.Ordinal)).Select(a => a[(option.Length + 2)..]).LastOrDefault();

    private List<string> Names(string asked)
    {
        string name = asked.TrimEnd('.');
        bool searches = !busybox && !asked.EndsWith('.') && !process.Arguments.Contains("-nosearch") && asked.Count(c => c == '.') < conf.Ndots;
        return searches ? [.. conf.Search.Select(d => $"{name}.{d}"), name] : [name];
    }

    /// <summary>BIND: a name that does not exist ends the look-up at once, unless there is another to try (then null).</summary>
    private async Task<int?> One(string question, DnsType[] types, bool last)
    {
        bool any = false;
        foreach (var type in types)
        {
            if (await Ask(question, type) is not var (server, answer)) return Unreached();
            if (answer.ResponseCode != DnsResponseCode.NoError)
            {
                if (type != types[0]) break;
                if (!last) return null;
                Head(server);
                process.Output.Write($"** server can't find {question}: {DnsWords.Of(answer.ResponseCode)}\n\n");
                return 1;
            }
            Head(server);
            if (type == types[0] && (answer.Flags & DnsFlags.Authoritative) == 0) process.Output.Write("Non-authoritative answer:\n");
            process.Output.Write(string.Concat(answer.Answers.Select(Line)));
            any |= answer.Answers.Count > 0;
        }
        process.Output.Write(any ? "\n" : $"*** Can't find {question}: No answer\n\n");
        return _code;
    }

    /// <summary>busybox asks both at once and tells of each.</summary>
    private async Task<bool> All(string question, DnsType[] types)
    {
        var answers = new List<DnsMessage>();
        foreach (var type in types)
        {
            if (await Ask(question, type) is not var (server, answer))
            {
                process.Output.Write($"Server:\t\t{servers[0]}\nAddress:\t{Model.Packets.FlowKey.End(servers[0], _port)}\n\n");
                process.Fail(1, ";; connection timed out; no servers could be reached\n");
                return false;
            }
            Head(server);
            answers.Add(answer);
        }
        foreach (var answer in answers)
        {
            if (answer.ResponseCode != DnsResponseCode.NoError)
            {
                process.Output.Write($"** server can't find {question}: {DnsWords.Of(answer.ResponseCode)}\n\n");
                _code = 1;
                continue;
            }
            if ((answer.Flags & DnsFlags.Authoritative) == 0) process.Output.Write("Non-authoritative answer:\n");
            process.Output.Write(string.Concat(answer.Answers.Select(Line)) + "\n");
        }
        return true;
    }

    private int Unreached()
    {
        process.Output.Write(";; no servers could be reached\n\n");
        return 1;
    }

    private void Head(IpAddress server)
    {
        if (_headed) return;
        _headed = true;
        process.Output.Write($"Server:\t\t{server}\nAddress:\t{(busybox ? Model.Packets.FlowKey.End(server, _port) : $"{server}#{_port}")}\n\n");
    }

    /// <summary>Each server in turn, several times over; one that fails is passed over, which BIND's tells.</summary>
    private async Task<(IpAddress Server, DnsMessage Answer)?> Ask(string question, DnsType type)
    {
        (IpAddress, DnsMessage)? failed = null;
        for (int attempt = 0; attempt < _tries; attempt++)
            for (int i = 0; i < servers.Count; i++)
            {
                if (await From(servers[i], question, type) is not { } answer) continue;
                if (answer.ResponseCode != DnsResponseCode.ServerFailure) return (servers[i], answer);
                failed = (servers[i], answer);
                if (i + 1 == servers.Count) return failed;
                if (!busybox) process.Output.Write($";; Got SERVFAIL reply from {servers[i]}, trying next server\n");
            }
        return failed;
    }

    private async Task<DnsMessage?> From(IpAddress server, string question, DnsType type)
    {
        var query = DnsMessage.Query((ushort)process.Clock.Chance.Next(65536), question, type);
        string problem = "timed out";
        try
        {
            using var socket = process.Network.OpenUdp(server.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, default, process.Name);
            socket.Connect(server, _port);
            socket.Send(query.ToBytes(), server, _port);
            var until = process.Clock.Now + _patience;
            while (await socket.ReceiveUntil(process.Clock, until) is { } datagram)
                if (DnsMessage.TryRead(datagram.Data, out var answer) && answer.Id == query.Id) return answer;
        }
        catch (SocketFailure failure)
        {
            problem = Dig.Words(failure.Errno);
        }
        if (!busybox) process.Output.Write($";; communications error to {server}#{_port}: {problem}\n");
        return null;
    }

    private static string Line(DnsRecord r) => r.Rdata switch
    {
        Rdata.Address a => $"Name:\t{r.Name}\nAddress: {a.Value}\n",
        Rdata.Target t when r.Type == DnsType.Ptr => $"{r.Name}\tname = {t.Name}.\n",
        Rdata.Target t when r.Type == DnsType.Cname => $"{r.Name}\tcanonical name = {t.Name}.\n",
        Rdata.Target t when r.Type == DnsType.Ns => $"{r.Name}\tnameserver = {t.Name}.\n",
        Rdata.Mail m => $"{r.Name}\tmail exchanger = {m.Preference} {m.Exchange}.\n",
        Rdata.Text t => $"{r.Name}\ttext = \"{string.Concat(t.Strings)}\"\n",
        _ => $"{r.Name}\t{DigText.Of(r.Rdata)}\n",
    };
}
