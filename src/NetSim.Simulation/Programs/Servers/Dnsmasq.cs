using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>dnsmasq with its own records only: --listen-address (several), --host-record=NAME,ADDRESS..., --cname=ALIAS,NAME, --txt-record=NAME,TEXT,
/// --mx-host=NAME,HOST,PREFERENCE, --local-ttl=SECONDS, --port. Other names: NXDOMAIN. As recorded of 2.90: aa only on answers, OPT when it was asked with one.</summary>
internal sealed class Dnsmasq : IProgram
{
    private const ushort PayloadSize = 1232;

    public string Name => "dnsmasq";

    public async Task<int> Run(ProcessContext process)
    {
        process.CatchTerm(0);
        var zone = new DnsZone(process.Arguments);
        var port = new Port((ushort)zone.Port);
        var addresses = zone.Listen.Count > 0 ? zone.Listen : [IpAddress.AnyV4];
        await Waiting.All([.. addresses.Select(a => (Task)Udp(process, zone, a, port)), .. addresses.Select(a => Listening.Serve(process, a, port, c => Tcp(process, zone, c)))]);
        return 0;
    }

    private static async Task Udp(ProcessContext process, DnsZone zone, IpAddress address, Port port)
    {
        using var socket = process.Network.OpenUdp(address, port, process.Name);
        while (await socket.Receive() is { } datagram)
        {
            if (Answer(process, zone, datagram.Data, 0) is not { } answer) continue;
            try
            {
                socket.Send(answer, datagram.Source, datagram.SourcePort);
            }
            catch (SocketFailure)
            {
                // The way back is closed.
            }
        }
    }

    private static async Task Tcp(ProcessContext process, DnsZone zone, ITcpConnection connection)
    {
        var stream = new DnsStream(connection);
        while (await stream.ReceiveBytes() is { } bytes)
            if (Answer(process, zone, bytes, int.MaxValue) is { } answer) await stream.Send(answer);
    }

    private const uint DnssecOk = 0x8000;

    private static byte[]? Answer(ProcessContext process, DnsZone zone, byte[] bytes, int room)
    {
        if (!DnsMessage.TryRead(bytes, out var query) || query.IsResponse || query.Questions.Count == 0) return null;
        var q = query.Questions[0];
        var answers = zone.Answers(q.Name, q.Type, process.Clock.Chance);
        ushort flags = (ushort)(DnsFlags.Response | DnsFlags.RecursionAvailable | query.Flags & (DnsFlags.RecursionDesired | DnsFlags.CheckingDisabled));
        if (answers.Count > 0) flags |= DnsFlags.Authoritative;
        else if (!zone.Knows(q.Name)) flags |= (ushort)DnsResponseCode.NameError;
        var more = zone.Additional(answers);
        if (query.Edns is { } asked) more.Add(new("", DnsType.Opt, asked.Ttl & DnssecOk, new Rdata.Options([]), PayloadSize));
        var reply = new DnsMessage { Id = query.Id, Flags = flags, Questions = [q], Answers = answers, Additionals = more };
        var answer = reply.ToBytes();
        int fits = room > 0 ? room : query.Edns is { } opt ? Math.Max(512, (int)opt.Class) : 512;
        return answer.Length <= fits ? answer : (reply with { Flags = (ushort)(flags | DnsFlags.Truncated), Answers = [] }).ToBytes();
    }
}

/// <summary>The records of a dnsmasq command line.</summary>
internal sealed class DnsZone
{
    private readonly List<DnsRecord> _records = [];
    private readonly uint _ttl;

    /// <summary>Reads the options; those without meaning here are passed over.</summary>
    public DnsZone(IReadOnlyList<string> arguments)
    {
        _ttl = uint.TryParse(arguments.Where(a => a.StartsWith("--local-ttl=", StringComparison.Ordinal)).Select(a => a[12..]).LastOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out uint ttl) ? ttl : 0;
        foreach (string a in arguments.Skip(1))
        {
            int equals = a.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            var values = a[(equals + 1)..].Split(',');
            switch (a[..equals])
            {
                case "--listen-address": foreach (string v in values) if (IpAddress.TryParse(v, out var l)) Listen.Add(l); break;
                case "--port": Port = int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out int p) && p is > 0 and < 65536 ? p : 53; break;
                case "--host-record": Host(values); break;
                case "--cname" when values.Length > 1: Add(values[0], DnsType.Cname, new Rdata.Target(values[1])); break;
                case "--txt-record" when values.Length > 1: Add(values[0], DnsType.Txt, new Rdata.Text(values[1..].Select(v => v.Trim('"')).ToList())); break;
                case "--mx-host" when values.Length > 1: Add(values[0], DnsType.Mx, new Rdata.Mail(values.Length > 2 && ushort.TryParse(values[2], NumberStyles.None, CultureInfo.InvariantCulture, out ushort n) ? n : (ushort)1, values[1])); break;
                case "--ptr-record" when values.Length > 1: Add(values[0], DnsType.Ptr, new Rdata.Target(values[1])); break;
            }
        }
    }

    /// <summary>Where it listens.</summary>
    public List<IpAddress> Listen { get; } = [];

    /// <summary>53, or --port.</summary>
    public int Port { get; } = 53;

    /// <summary>Is there any record of the name?</summary>
    public bool Knows(string name) => _records.Exists(r => Same(r.Name, name));

    /// <summary>The records of a question, with the chain of other names before them; several addresses in rotating order.</summary>
    public List<DnsRecord> Answers(string name, DnsType type, Random chance)
    {
        var answers = new List<DnsRecord>();
        string at = name;
        for (int i = 0; i < 8; i++)
        {
            var own = _records.Where(r => Same(r.Name, at) && (r.Type == type || type == DnsType.Any)).ToList();
            if (own.Count > 1) chance.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(own));
            answers.AddRange(own.Select(r => r with { Name = at }));
            if (own.Count > 0 || _records.Find(r => Same(r.Name, at) && r.Type == DnsType.Cname) is not { Rdata: Rdata.Target next } alias) break;
            answers.Add(alias with { Name = at });
            at = next.Name;
        }
        return answers;
    }

    /// <summary>Addresses of mail servers that were answered.</summary>
    public List<DnsRecord> Additional(IEnumerable<DnsRecord> answers) =>
        answers.Select(a => a.Rdata).OfType<Rdata.Mail>().SelectMany(m => _records.Where(r => Same(r.Name, m.Exchange) && r.Rdata is Rdata.Address)).ToList();

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private void Add(string name, DnsType type, Rdata rdata) => _records.Add(new(name, type, _ttl, rdata));

    /// <summary>Names, then addresses; the first name with an address answers the reverse question too.</summary>
    private void Host(string[] values)
    {
        var addresses = values.Where(v => IpAddress.TryParse(v, out _)).Select(IpAddress.Parse).ToList();
        foreach (string name in values.Where(v => !IpAddress.TryParse(v, out _) && !v.All(char.IsAsciiDigit)))
            foreach (var a in addresses)
            {
                Add(name, a.IsV6 ? DnsType.Aaaa : DnsType.A, new Rdata.Address(a));
                if (!Knows(ReverseName.Of(a))) Add(ReverseName.Of(a), DnsType.Ptr, new Rdata.Target(name));
            }
    }
}

/// <summary>A DNS server without answers. Arguments: address, and "fail" (every question is answered SERVFAIL) or "mute" (none is answered).</summary>
internal sealed class FailingDns : IProgram
{
    public string Name => "failing-dns";

    public async Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.SkipWhile(w => !IpAddress.TryParse(w, out _)).ToList();
        if (words.Count < 2) return process.Fail(1, "failing-dns: an address and \"fail\" or \"mute\" are needed");
        using var socket = process.Network.OpenUdp(IpAddress.Parse(words[0]), new(53), process.Name);
        while (await socket.Receive() is { } datagram)
        {
            if (words[1] != "fail" || !DnsMessage.TryRead(datagram.Data, out var query) || query.Questions.Count == 0) continue;
            var answer = new DnsMessage { Id = query.Id, Flags = 0x8182, Questions = [query.Questions[0]] };
            socket.Send(answer.ToBytes(), datagram.Source, datagram.SourcePort);
        }
        return 0;
    }
}
