using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>dig of BIND 9.18.49 (Debian 12): asks the servers of resolv.conf directly, with EDNS and a cookie.</summary>
internal sealed class Dig : IProgram
{
    private const string Version = "9.18.49-1~deb12u3-Debian";
    private const int NoAnswer = 9;
    private const int CookieOption = 10;
    private const ushort PayloadSize = 1232;

    /// <summary>BIND asks for segments that pass everywhere: IPv6's least MTU without headers (isc_socket_set_tcp_maxseg, NETMGR_TCP_MAXSEG).</summary>
    private const int TcpSegment = 1220;

    public string Name => "dig";

    public async Task<int> Run(ProcessContext process)
    {
        var options = DigOptions.Read(process.Arguments);
        if (options.Problem is { } problem) return process.Fail(1, problem);
        var conf = ResolvConf.Read(process.Files.Read("/etc/resolv.conf"), process.Spec.Hostname);
        IReadOnlyList<IpAddress> servers = conf.Servers;
        if (options.Server is { } server)
        {
            var host = await new GlibcResolver(process).Addresses(server);
            if (host.Addresses.Count == 0) return process.Fail(10, $"dig: couldn't get address for '{server}': {(host.Error == ResolveError.Again ? "failure" : "not found")}");
            servers = host.Addresses;
        }
        servers = servers.Where(s => options.V6Only is not { } v6 || s.IsV6 == v6).ToList();
        int code = 0;
        bool first = true;
        foreach (var lookup in options.Lookups)
        {
            code = Math.Max(code, await Look(process, options, conf, servers, lookup, first));
            first = false;
        }
        return code;
    }

    private static async Task<int> Look(ProcessContext process, DigOptions options, ResolvConf conf, IReadOnlyList<IpAddress> servers, DigLookup lookup, bool first)
    {
        var names = new List<string> { lookup.Name.TrimEnd('.') };
        bool absolute = lookup.Name.EndsWith('.');
        int dots = lookup.Name.Count(c => c == '.');
        if (options.On("search") && !absolute && dots < (options.Ndots ?? conf.Ndots)) names.InsertRange(0, conf.Search.Select(d => $"{lookup.Name}.{d}"));
        for (int i = 0; i < names.Count; i++)
        {
            var run = new DigRun(process, options, servers, lookup with { Name = names[i] });
            bool answered = await run.Ask();
            if (answered && run.Answer!.ResponseCode == DnsResponseCode.NameError && i + 1 < names.Count) continue;
            if (first) Banner(process, options);
            if (!options.On("short")) process.Output.Write(run.Sent);
            if (!answered)
            {
                process.Output.Write(options.On("short") ? ";; no servers could be reached\n" : ";; no servers could be reached\n\n");
                return NoAnswer;
            }
            run.Print();
            return 0;
        }
        return 0;
    }

    /// <summary>BIND's words for errors of sockets (isc_result_totext).</summary>
    public static string Words(Errno errno) => errno switch
    {
        Errno.ConnectionRefused => "connection refused",
        Errno.HostUnreachable => "host unreachable",
        Errno.NetworkUnreachable => "network unreachable",
        Errno.TimedOut => "timed out",
        _ => "end of file",
    };

    private static void Banner(ProcessContext process, DigOptions options)
    {
        if (options.On("short") || !options.On("cmd")) return;
        string line = string.Join(' ', process.Arguments.Skip(1));
        string found = options.Server is null ? "" : "; (1 server found)\n";
        process.Output.Write($"\n; <<>> DiG {Version} <<>> {line}\n{found};; global options: +cmd\n");
    }

    /// <summary>One question, asked until a server answers.</summary>
    private sealed class DigRun(ProcessContext process, DigOptions options, IReadOnlyList<IpAddress> servers, DigLookup lookup)
    {
        private readonly bool _tcp = options.On("tcp") || lookup.Type == DnsType.Any && !options.On("notcp");
        private IpAddress _server;
        private int _length;
        private Model.Tracing.SimTime _asked;
        private bool _overTcp;

        public DnsMessage? Answer { get; private set; }

        /// <summary>The question, for +qr.</summary>
        public string Sent { get; private set; } = "";

        public async Task<bool> Ask()
        {
            for (int i = 0; i < options.Tries; i++)
                foreach (var server in servers)
                {
                    _server = server;
                    _asked = process.Clock.Now;
                    try
                    {
                        _overTcp = _tcp;
                        var bytes = _tcp ? await OverTcp(Query()) : await OverUdp(Query());
                        if (bytes is not null && DnsMessage.TryRead(bytes, out var truncated) && truncated.IsTruncated && !_tcp && !options.On("ignore"))
                        {
                            process.Output.Write(";; Truncated, retrying in TCP mode.\n");
                            _overTcp = true;
                            bytes = await OverTcp(Query());
                        }
                        if (bytes is not null && DnsMessage.TryRead(bytes, out var answer))
                        {
                            Answer = answer;
                            _length = bytes.Length;
                            return true;
                        }
                        process.Output.Write($";; communications error to {server}#{options.Port}: timed out\n");
                    }
                    catch (SocketFailure failure)
                    {
                        process.Output.Write($";; communications error to {server}#{options.Port}: {Words(failure.Errno)}\n");
                    }
                }
            return false;
        }

        public void Print()
        {
            if (options.On("short"))
            {
                string from = options.On("identify") ? $" from server {_server} in {(process.Clock.Now.Nanoseconds - _asked.Nanoseconds) / 1_000_000} ms." : "";
                process.Output.Write(DigText.Short(Answer!, from));
                return;
            }
            if (options.On("comments")) process.Output.Write(";; Got answer:\n");
            process.Output.Write(DigText.Of(Answer!, options));
            if (!options.On("stats")) return;
            long milliseconds = (process.Clock.Now.Nanoseconds - _asked.Nanoseconds) / 1_000_000;
            string when = process.Clock.Wall.ToString("ddd MMM dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC " + process.Clock.Wall.Year.ToString(CultureInfo.InvariantCulture);
            process.Output.Write($";; Query time: {milliseconds} msec\n;; SERVER: {_server}#{options.Port}({options.Server ?? _server.ToString()}) ({(_overTcp ? "TCP" : "UDP")})\n;; WHEN: {when}\n;; MSG SIZE  rcvd: {_length}\n\n");
        }

        private DnsMessage Query()
        {
            var query = NewQuery();
            if (options.On("qr")) Sent = $";; Sending:\n{DigText.Of(query, options)};; QUERY SIZE: {query.ToBytes().Length}\n\n";
            return query;
        }

        private DnsMessage NewQuery()
        {
            var chance = process.Clock.Chance;
            var query = DnsMessage.Query((ushort)chance.Next(65536), lookup.Name, lookup.Type, options.On("recurse"));
            if (options.On("adflag")) query = query with { Flags = (ushort)(query.Flags | DnsFlags.AuthenticData) };
            if (!options.On("edns") && !options.On("dnssec")) return query;
            var cookie = new byte[8];
            chance.NextBytes(cookie);
            DnsOption[] values = options.On("cookie") ? [new(CookieOption, cookie)] : [];
            return query with { Additionals = [new("", DnsType.Opt, options.On("dnssec") ? 0x8000u : 0, new Rdata.Options(values), options.BufferSize ?? PayloadSize)] };
        }

        private async Task<byte[]?> OverUdp(DnsMessage query)
        {
            using var socket = process.Network.OpenUdp(options.Source is { } own ? own : _server.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, default, "dig");
            socket.Connect(_server, options.Port);
            socket.Send(query.ToBytes(), _server, options.Port);
            var until = process.Clock.Now + TimeSpan.FromSeconds(options.Time);
            while (await socket.ReceiveUntil(process.Clock, until) is { } datagram)
                if (DnsMessage.TryRead(datagram.Data, out var answer) && answer.Id == query.Id) return datagram.Data;
            return null;
        }

        private async Task<byte[]?> OverTcp(DnsMessage query)
        {
            var connecting = process.Network.Connect(_server, options.Port, "dig", options.Source, maximumSegment: TcpSegment);
            using var connection = await Waiting.Within(connecting, process.Clock, TimeSpan.FromSeconds(options.Time));
            if (connection is null) return null;
            var stream = new DnsStream(connection);
            await stream.Send(query);
            return await stream.ReceiveBytes(TimeSpan.FromSeconds(options.Time));
        }
    }
}
