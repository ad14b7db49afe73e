using NetSim.Analysis.Flows;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Reading;

/// <summary>What streams carry: by port where that is the rule, by the first bytes elsewhere.</summary>
internal sealed partial class PacketWalk
{
    /// <summary>So many segments or datagrams of a stream are looked at to name it.</summary>
    private const int MostLooks = 6;

    private const ulong DatagramStreams = 1UL << 40;

    private void Carried(int source, int destination, ReadOnlySpan<byte> data, int length, int stream)
    {
        if (stream < 0) return;
        ref var flow = ref books.Udp.Streams[stream].State;
        if (flow.Application == 0 && flow.Looks < MostLooks)
        {
            flow.Looks++;
            flow.Application = (byte)ApplicationSign.OfDatagram(data, (ushort)source, (ushort)destination);
        }
        switch ((ApplicationKind)flow.Application)
        {
            case ApplicationKind.None:
                if (source == 3544 || destination == 3544) Teredo(data, length);
                else if (source == 1701 || destination == 1701) L2tp(data, length);
                break;
            case ApplicationKind.Dns:
                if (Enter(LayerKind.Dns)) books.Dns.Add(data, DatagramStreams | (uint)stream, _seen);
                break;
            case ApplicationKind.Vxlan:
                Vxlan(data, length);
                break;
            case ApplicationKind.Geneve:
                Geneve(data, length);
                break;
            case ApplicationKind.Gtp:
                Gtp(data, length);
                break;
            case ApplicationKind.Dhcp:
                if (Enter(LayerKind.Dhcp)) books.AddDhcp(data);
                break;
            case ApplicationKind.Quic:
                if (QuicView.TryRead(data, out var quic)) books.AddQuic(quic.Version);
                Enter(LayerKind.Quic);
                break;
            default:
                if (LayerOf((ApplicationKind)flow.Application) is var kind and not LayerKind.None) Enter(kind);
                break;
        }
    }

    private static LayerKind LayerOf(ApplicationKind kind) => kind switch
    {
        ApplicationKind.Mdns => LayerKind.Mdns,
        ApplicationKind.Llmnr => LayerKind.Llmnr,
        ApplicationKind.Dhcpv6 => LayerKind.Dhcpv6,
        ApplicationKind.Ntp => LayerKind.Ntp,
        ApplicationKind.Ssdp => LayerKind.Ssdp,
        ApplicationKind.Nbns => LayerKind.Nbns,
        ApplicationKind.Snmp => LayerKind.Snmp,
        ApplicationKind.Stun => LayerKind.Stun,
        _ => LayerKind.None,
    };

    /// <summary>Names a TCP stream, and marks the frames in which a message of it begins.</summary>
    private void Name(ref byte application, ref byte looks, ReadOnlySpan<byte> data, TcpHeaderView tcp, int stream)
    {
        if (application == 0)
        {
            looks++;
            application = (byte)ApplicationSign.OfSegment(data, tcp.SourcePort, tcp.DestinationPort);
            if (application != 0 && application is not ((byte)ApplicationKind.Tls)) looks = MostLooks;
        }
        if (application == (byte)ApplicationKind.Http && ApplicationSign.IsHttp(data)) Enter(LayerKind.Http);
        if (application == (byte)ApplicationKind.Http2) Enter(LayerKind.Http2);
        if (application != (byte)ApplicationKind.Tls || !TlsHelloView.IsRecord(data)) return;
        Enter(LayerKind.Tls);
        if (looks >= MostLooks || !TlsHelloView.TryRead(data, out var hello)) return;
        looks++;
        books.AddHello(stream, hello);
    }

    private void DnsOverTcp(int stream, bool fromHigh, uint sequence, ReadOnlySpan<byte> data)
    {
        books.Tcp.Streams[stream].State.Application = (byte)ApplicationKind.Dns;
        if (_segments.Add(stream, fromHigh, sequence, data, Book) > 0) Enter(LayerKind.Dns);

        void Book(ReadOnlySpan<byte> message) => books.Dns.Add(message, (uint)stream, _seen);
    }

    private readonly StreamBytes _segments = new();
}
