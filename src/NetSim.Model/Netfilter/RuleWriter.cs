using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;

namespace NetSim.Model.Netfilter;

/// <summary>Writes one rule as iptables-nft 1.8 does (iptables/nft-ipv4.c nft_ipv4_save_rule, and the save functions of extensions/).</summary>
internal sealed class RuleWriter(IpFamily family)
{
    private static readonly string[] FlagNames = ["FIN", "SYN", "RST", "PSH", "ACK", "URG"];

    private static readonly (ConntrackStates State, string Name)[] StateNames =
    [
        (ConntrackStates.Invalid, "INVALID"), (ConntrackStates.New, "NEW"), (ConntrackStates.Related, "RELATED"), (ConntrackStates.Established, "ESTABLISHED"),
        (ConntrackStates.Untracked, "UNTRACKED"), (ConntrackStates.Snat, "SNAT"), (ConntrackStates.Dnat, "DNAT"),
    ];

    private readonly StringBuilder _text = new();
    private string _module = "";

    /// <summary>The text.</summary>
    public string Write(Rule rule)
    {
        foreach (var m in rule.Matches.OfType<Match.Source>().Where(m => Counts(m.Subnet, m.Negated))) Put(m, "-s", m.Subnet.ToString());
        foreach (var m in rule.Matches.OfType<Match.Destination>().Where(m => Counts(m.Subnet, m.Negated))) Put(m, "-d", m.Subnet.ToString());
        foreach (var m in rule.Matches.OfType<Match.InInterface>()) Put(m, "-i", m.Name);
        foreach (var m in rule.Matches.OfType<Match.OutInterface>()) Put(m, "-o", m.Name);
        var protocol = rule.Matches.OfType<Match.Protocol>().FirstOrDefault();
        if (protocol is not null) Put(protocol, "-p", Printed(protocol.Value));
        string name = protocol is { Negated: false } p ? Packets.IpProtocolNames.ToName(p.Value) : "tcp";
        foreach (var m in rule.Matches) WriteExtension(m, name);
        if (rule.Target is { } target) WriteTarget(target);
        return _text.ToString();
    }

    /// <summary>The name that /etc/protocols gives first, which iptables-save prints. Recorded in the test data of moby v29.7.2 (iptabler/testdata/TestIptabler).</summary>
    private static string Printed(Packets.IpProtocol protocol) => protocol == Packets.IpProtocol.IcmpV6 ? "ipv6-icmp" : Packets.IpProtocolNames.ToName(protocol);

    /// <summary>"RELATED,ESTABLISHED".</summary>
    public static string States(ConntrackStates states) => string.Join(',', StateNames.Where(s => states.HasFlag(s.State)).Select(s => s.Name));

    /// <summary>The state of a word.</summary>
    public static ConntrackStates State(string word) => StateNames.FirstOrDefault(s => s.Name == word).State;

    /// <summary>The bit of a TCP flag's name, or -1.</summary>
    public static int FlagBit(string word) => Array.IndexOf(FlagNames, word);

    private static bool Counts(Subnet subnet, bool negated) => negated || !subnet.IsAll;

    private void WriteExtension(Match match, string protocol)
    {
        switch (match)
        {
            case Match.SourcePorts m: Module(protocol).Put(m, "--sport", Range(m.From, m.To)); break;
            case Match.DestinationPorts m: Module(protocol).Put(m, "--dport", Range(m.From, m.To)); break;
            case Match.TcpFlags m: Module("tcp").Put(m, "--tcp-flags", $"{Flags(m.Mask)} {Flags(m.Wanted)}"); break;
            case Match.IcmpType m: WriteIcmp(m, protocol); break;
            case Match.Multiport m: Module("multiport").Put(m, PortsOption(m.Side), string.Join(',', m.Ports.Select(p => Range(p.From, p.To)))); break;
            case Match.ConntrackState m: Module(m.OldName ? "state" : "conntrack").Put(m, m.OldName ? "--state" : "--ctstate", States(m.States)); break;
            case Match.OriginalDestination m: WriteOriginal(m); break;
            case Match.AddressType m: Module("addrtype").Put(m, m.OfSource ? "--src-type" : "--dst-type", m.Type); break;
            case Match.Mark m: Module("mark").Put(m, "--mark", m.Mask == uint.MaxValue ? $"0x{m.Value:x}" : $"0x{m.Value:x}/0x{m.Mask:x}"); break;
            case Match.InSet m: Module("set").Put(m, "--match-set", $"{m.Name} {(m.OfSource ? "src" : "dst")}"); break;
            case Match.Comment m: Module("comment").Put(m, "--comment", RuleText.Quote(m.Text)); break;
            case Match.Limit m: WriteLimit(m); break;
            case Match.Extension m:
                _module = "";
                Put(m, m.Text, "");
                break;
            case Match.Unknown m:
                _module = "";
                Put(m, m.Text, "");
                break;
        }
    }

    private void WriteIcmp(Match.IcmpType m, string protocol)
    {
        bool six = protocol == "icmpv6";
        string type = m.Type < 0 ? "any" : m.Code < 0 ? Number(m.Type) : $"{Number(m.Type)}/{Number(m.Code)}";
        Module(six ? "icmp6" : "icmp").Put(m, six ? "--icmpv6-type" : "--icmp-type", type);
    }

    private void WriteOriginal(Match.OriginalDestination m)
    {
        if (m.Subnet is { } subnet) Module("conntrack").Put(m, "--ctorigdst", subnet.PrefixLength == subnet.Address.BitLength ? subnet.Address.ToString() : subnet.ToString());
        if (m.Port is { } port) Module("conntrack").Put(m, "--ctorigdstport", Number(port));
    }

    private void WriteLimit(Match.Limit m)
    {
        Module("limit").Put(m, "--limit", m.Text);
        if (m.Burst != 5) Put(m, "--limit-burst", Number(m.Burst));
    }

    private void WriteTarget(Target target)
    {
        string text = target switch
        {
            Target.Accept => "-j ACCEPT",
            Target.Drop => "-j DROP",
            Target.Return => "-j RETURN",
            Target.Jump t => $"-j {t.Chain}",
            Target.Goto t => $"-g {t.Chain}",
            Target.Reject t => $"-j REJECT --reject-with {t.With ?? (family == IpFamily.V4 ? "icmp-port-unreachable" : "icmp6-port-unreachable")}",
            Target.Dnat t => Tail($"-j DNAT --to-destination {Ends(t.Address, t.Port, t.LastAddress, t.LastPort)}", t.Options),
            Target.Snat t => Tail($"-j SNAT --to-source {Ends(t.Address, t.Port, t.LastAddress, t.LastPort)}", t.Options),
            Target.Masquerade t => Tail("-j MASQUERADE", t.Options),
            Target.Redirect t => t.Port == 0 ? "-j REDIRECT" : $"-j REDIRECT --to-ports {Number(t.Port)}",
            Target.Log t => Tail(t.Prefix is null ? "-j LOG" : $"-j LOG --log-prefix {RuleText.Quote(t.Prefix)}", t.Options),
            Target.SetMark t => $"-j MARK --set-xmark 0x{t.Value:x}/0x{t.Mask:x}",
            Target.Effect t => t.Text,
            Target.Notice t => t.Text,
            Target.Unknown t => t.Text,
            _ => throw new NotSupportedException($"no text for {target.GetType().Name}"),
        };
        Append(text);
    }

    private RuleWriter Module(string name)
    {
        if (_module != name) Append($"-m {name}");
        _module = name;
        return this;
    }

    private void Put(Match match, string option, string value)
    {
        if (match.Negated) Append("!");
        Append(option);
        if (value.Length > 0) Append(value);
    }

    private void Append(string words)
    {
        if (_text.Length > 0) _text.Append(' ');
        _text.Append(words);
    }

    private static string End(IpAddress? address, ushort? port) => (address, port) switch
    {
        ({ } a, null) => a.ToString(),
        ({ IsV6: true } a, { } p) => $"[{a}]:{Number(p)}",
        ({ } a, { } p) => $"{a}:{Number(p)}",
        (null, { } p) => $":{Number(p)}",
        _ => "",
    };

    /// <summary>"10.0.0.1-10.0.0.9:80-90".</summary>
    private static string Ends(IpAddress? address, ushort? port, IpAddress? lastAddress, ushort? lastPort)
    {
        string ports = port is { } p ? $":{Number(p)}{(lastPort is { } l ? $"-{Number(l)}" : "")}" : "";
        if (lastAddress is not { } last) return lastPort is null ? End(address, port) : address is { IsV6: true } six ? $"[{six}]{ports}" : $"{address}{ports}";
        return address is { IsV6: true } && ports.Length > 0 ? $"[{address}-{last}]{ports}" : $"{address}-{last}{ports}";
    }

    private static string PortsOption(PortSide side) => side switch { PortSide.Source => "--sports", PortSide.Destination => "--dports", _ => "--ports" };

    private static string Flags(byte bits) => bits == 0 ? "NONE" : string.Join(',', FlagNames.Where((_, i) => (bits >> i & 1) != 0));

    private static string Range(ushort from, ushort to) => from == to ? Number(from) : $"{Number(from)}:{Number(to)}";

    private static string Tail(string text, string options) => options.Length == 0 ? text : $"{text} {options}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
