using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>nslookup of BIND 9.18 and of busybox 1.35: a name or address, and a server.</summary>
internal sealed class Nslookup(string name) : IProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly bool _busybox = name.StartsWith("busybox", StringComparison.Ordinal);

    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var operands = process.Arguments.Skip(1).Where(a => !a.StartsWith('-')).ToList();
        string? asked = process.Arguments.Skip(1).Where(a => a.StartsWith("-type=", StringComparison.Ordinal) || a.StartsWith("-query=", StringComparison.Ordinal)).Select(a => a[(a.IndexOf('=', StringComparison.Ordinal) + 1)..]).LastOrDefault();
        if (operands.Count == 0) return process.Fail(1, "Usage: nslookup HOST [SERVER]");
        var conf = ResolvConf.Read(process.Files.Read("/etc/resolv.conf"), process.Spec.Hostname);
        var server = conf.Servers[0];
        if (operands.Count > 1)
        {
            var host = await new GlibcResolver(process).Addresses(operands[1]);
            if (host.Addresses.Count == 0) return process.Fail(1, _busybox ? $"nslookup: bad address '{operands[1]}'" : $"nslookup: couldn't get address for '{operands[1]}': not found");
            server = host.Addresses[0];
        }
        bool reverse = IpAddress.TryParse(operands[0], out var address);
        DnsType[] types = asked is not null && DnsWords.TryParse(asked, out var type) ? [type] : reverse ? [DnsType.Ptr] : [DnsType.A, DnsType.Aaaa];
        string question = reverse ? ReverseName.Of(address) : operands[0].TrimEnd('.');
        return await Ask(process, server, question, types);
    }

    private async Task<int> Ask(ProcessContext process, IpAddress server, string question, DnsType[] types)
    {
        string text = _busybox ? $"Server:\t\t{server}\nAddress:\t{Dig(server)}\n\n" : $"Server:\t\t{server}\nAddress:\t{server}#53\n\n";
        using var socket = process.Network.OpenUdp(server.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, default, "nslookup");
        socket.Connect(server, new(53));
        int code = 0;
        bool told = false;
        foreach (var type in types)
        {
            if (await One(process, socket, server, DnsMessage.Query((ushort)process.Clock.Chance.Next(65536), question, type)) is not { } answer)
                return process.Fail(1, ";; connection timed out; no servers could be reached\n");
            if (answer.ResponseCode != DnsResponseCode.NoError)
            {
                if (!told) text += $"** server can't find {question}: {DnsWords.Of(answer.ResponseCode)}\n\n";
                told = !_busybox || told;
                code = 1;
                continue;
            }
            if (!told && !_busybox && type == types[0] && type != DnsType.Ptr && (answer.Flags & DnsFlags.Authoritative) == 0) text += "Non-authoritative answer:\n";
            else if (_busybox) text += (answer.Flags & DnsFlags.Authoritative) == 0 ? "Non-authoritative answer:\n" : "";
            text += string.Concat(answer.Answers.Select(Line)) + (_busybox ? "\n" : "");
        }
        process.Output.Write(text + (_busybox || told ? "" : "\n"));
        return code;
    }

    private static string Dig(IpAddress server) => Model.Packets.FlowKey.End(server, new(53));

    private static string Line(DnsRecord r) => r.Rdata switch
    {
        Rdata.Address a => $"Name:\t{r.Name}\nAddress: {a.Value}\n",
        Rdata.Target t when r.Type == DnsType.Ptr => $"{r.Name}\tname = {t.Name}.\n",
        Rdata.Target t when r.Type == DnsType.Cname => $"{r.Name}\tcanonical name = {t.Name}.\n",
        Rdata.Mail m => $"{r.Name}\tmail exchanger = {m.Preference} {m.Exchange}.\n",
        Rdata.Text t => $"{r.Name}\ttext = \"{string.Concat(t.Strings)}\"\n",
        _ => $"{r.Name}\t{DigText.Of(r.Rdata)}\n",
    };

    private static async Task<DnsMessage?> One(ProcessContext process, IUdpSocket socket, IpAddress server, DnsMessage query)
    {
        for (int attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                socket.Send(query.ToBytes(), server, new(53));
                var until = process.Clock.Now + Patience;
                while (await socket.ReceiveUntil(process.Clock, until) is { } datagram)
                    if (DnsMessage.TryRead(datagram.Data, out var answer) && answer.Id == query.Id) return answer;
            }
            catch (SocketFailure)
            {
                // Refused: it tries again.
            }
        }
        return null;
    }
}
