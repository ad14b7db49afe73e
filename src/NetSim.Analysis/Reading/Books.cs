using NetSim.Analysis.Flows;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Reading;

/// <summary>All that a walk through packets fills in. <paramref name="mostFlows"/> bounds the flows of each kind that are followed.</summary>
internal sealed class Books(int mostFlows)
{
    private const int MostKinds = 4096;
    private readonly SortedDictionary<long, long> _vlans = [], _gre = [], _dhcp = [];
    private readonly SortedDictionary<(bool IsGeneve, uint Id), long> _virtualNetworks = [];
    private readonly SortedDictionary<uint, long> _quic = [];
    private readonly Dictionary<int, TlsName> _hellos = [];

    public LayerCounts Layers { get; } = new();

    public TcpFlows Tcp { get; } = new(mostFlows);

    public PlainFlows Udp { get; } = new(mostFlows);

    public PlainFlows Sctp { get; } = new(mostFlows);

    public AssociationBook Associations { get; } = new();

    /// <summary>Conversations of what has no ports; the port numbers in them are the protocol.</summary>
    public PlainFlows Others { get; } = new(mostFlows);

    public DnsBook Dns { get; } = new();

    public NeighbourBook Neighbours { get; } = new();

    public IcmpBook Icmp { get; } = new();

    public ChecksumCounts IpChecksums { get; } = new();

    public ChecksumCounts TcpChecksums { get; } = new();

    public ChecksumCounts UdpChecksums { get; } = new();

    public ChecksumCounts IcmpChecksums { get; } = new();

    public ChecksumCounts Icmpv6Checksums { get; } = new();

    public ChecksumCounts SctpChecksums { get; } = new();

    public long FragmentFrames { get; set; }

    public long MalformedFrames { get; set; }

    public IReadOnlyDictionary<long, long> Vlans => _vlans;

    /// <summary>GRE packets by what they carry.</summary>
    public IReadOnlyDictionary<long, long> Gre => _gre;

    /// <summary>DHCP packets by message type (RFC 2132, section 9.6).</summary>
    public IReadOnlyDictionary<long, long> Dhcp => _dhcp;

    public IReadOnlyDictionary<(bool IsGeneve, uint Id), long> VirtualNetworks => _virtualNetworks;

    public IReadOnlyDictionary<uint, long> Quic => _quic;

    /// <summary>Names that TLS clients asked for, by stream.</summary>
    public IReadOnlyDictionary<int, TlsName> Hellos => _hellos;

    public void AddVlan(int id) => Bump(_vlans, id);

    public void AddGre(int protocol) => Bump(_gre, protocol);

    public void AddQuic(uint version) => Bump(_quic, version);

    public void AddVirtualNetwork(bool isGeneve, uint id) => Bump(_virtualNetworks, (isGeneve, id));

    public void AddHello(int stream, TlsHelloView hello)
    {
        _hellos.TryGetValue(stream, out var known);
        if (known is null && _hellos.Count >= MostKinds) return;
        _hellos[stream] = hello.IsClient ? new(hello.ServerName, hello.ApplicationProtocol, known?.Version ?? hello.Version) : new(known?.ServerName ?? "", hello.ApplicationProtocol.Length > 0 ? hello.ApplicationProtocol : known?.Protocol ?? "", hello.Version);
    }

    /// <summary>Option 53 behind the magic cookie.</summary>
    public void AddDhcp(ReadOnlySpan<byte> data)
    {
        const int Options = 240;
        if (data.Length < Options + 3 || !data[236..Options].SequenceEqual<byte>([99, 130, 83, 99])) return;
        for (int at = Options; at + 2 < data.Length && data[at] != 255; at += data[at] == 0 ? 1 : 2 + data[at + 1])
        {
            if (data[at] != 53) continue;
            Bump(_dhcp, data[at + 2]);
            return;
        }
    }

    private static void Bump<T>(SortedDictionary<T, long> counts, T key) where T : notnull
    {
        counts.TryGetValue(key, out long count);
        if (count > 0 || counts.Count < MostKinds) counts[key] = count + 1;
    }
}

/// <summary>What the hellos of a TLS stream say.</summary>
internal sealed record TlsName(string ServerName, string Protocol, int Version);
