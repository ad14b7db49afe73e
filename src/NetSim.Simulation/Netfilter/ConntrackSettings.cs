using System.Globalization;
using NetSim.Model.Packets;

namespace NetSim.Simulation.Netfilter;

/// <summary>The sysctls net.netfilter.nf_conntrack_* of a namespace: how many conversations it keeps, whether one may be picked up in the middle, and how long each lives without a packet.
/// Source: linux v6.6 net/netfilter/nf_conntrack_proto_tcp.c tcp_timeouts, _udp.c udp_timeouts, _icmp.c, nf_conntrack_core.c nf_conntrack_max.</summary>
internal sealed class ConntrackSettings(IReadOnlyDictionary<string, string> sysctls)
{
    private const long Second = 1_000_000_000;
    private const string Prefix = "net.netfilter.nf_conntrack_";

    /// <summary>Conversations that fit; a new one beyond is dropped.</summary>
    public int Max { get; } = (int)Read(sysctls, "max", 262_144);

    /// <summary>May a segment in the middle begin a conversation?</summary>
    public bool IsLoose { get; } = Read(sysctls, "tcp_loose", 1) != 0;

    private readonly long _synSent = Read(sysctls, "tcp_timeout_syn_sent", 120), _synReceived = Read(sysctls, "tcp_timeout_syn_recv", 60), _established = Read(sysctls, "tcp_timeout_established", 432_000);
    private readonly long _finWait = Read(sysctls, "tcp_timeout_fin_wait", 120), _lastAck = Read(sysctls, "tcp_timeout_last_ack", 30), _timeWait = Read(sysctls, "tcp_timeout_time_wait", 120), _close = Read(sysctls, "tcp_timeout_close", 10);
    private readonly long _udp = Read(sysctls, "udp_timeout", 30), _udpStream = Read(sysctls, "udp_timeout_stream", 120), _icmp = Read(sysctls, "icmp_timeout", 30), _icmp6 = Read(sysctls, "icmpv6_timeout", 30), _generic = Read(sysctls, "generic_timeout", 600);

    /// <summary>How long an entry lives from now, in nanoseconds.</summary>
    public long Lifetime(ConntrackEntry entry) => Second * entry.Original.Protocol switch
    {
        IpProtocol.Tcp => entry.Tcp switch
        {
            TrackedTcp.SynSent => _synSent,
            TrackedTcp.SynReceived => _synReceived,
            TrackedTcp.FinWait => _finWait,
            TrackedTcp.LastAck => _lastAck,
            TrackedTcp.TimeWait => _timeWait,
            TrackedTcp.Close => _close,
            _ => _established,
        },
        IpProtocol.Udp => entry.Answered ? _udpStream : _udp,
        IpProtocol.Icmp => _icmp,
        IpProtocol.IcmpV6 => _icmp6,
        _ => _generic,
    };

    private static long Read(IReadOnlyDictionary<string, string> sysctls, string name, long usual) =>
        sysctls.TryGetValue(Prefix + name, out var text) && long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long n) && n <= 1_000_000_000 ? n : usual;
}
