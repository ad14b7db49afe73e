using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Wire.Decoding;
using NetSim.Wire.Dns;

namespace NetSim.Workbench.Questions;

/// <summary>What a namespace asked about a name, and which address it was told, as its interfaces showed it.</summary>
internal sealed class DnsHearing
{
    private static readonly IpAddress Resolver = IpAddress.Parse("127.0.0.11");

    /// <summary>Listens to a whole trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="space">The namespace that asks.</param>
    /// <param name="name">The name; a search domain may have been added to it.</param>
    public DnsHearing(ITraceReader trace, string space, string name)
    {
        var bytes = new byte[65_600];
        foreach (var (_, row) in trace.Rows())
        {
            if (trace.Places[row.Place].Namespace != space || TraceReading.FrameOf(row) is not (>= 0 and var frame) || trace.Packets.Length(frame) > bytes.Length) continue;
            int length = trace.Packets.Read(frame, bytes);
            if (TryRead(bytes.AsSpan(0, length), trace.Packets.LinkType(frame), out var message)) Hear(message, name);
        }
    }

    /// <summary>Was the name asked for?</summary>
    public bool Asked { get; private set; }

    /// <summary>Did an address come?</summary>
    public bool Answered => Address is not null;

    /// <summary>The first address that came, or null.</summary>
    public IpAddress? Address { get; private set; }

    private void Hear(DnsMessage message, string name)
    {
        if (message.Questions.Count == 0) return;
        string asked = message.Questions[0].Name;
        if (!asked.Equals(name, StringComparison.OrdinalIgnoreCase) && !asked.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase)) return;
        Asked = true;
        if (message.IsResponse) Address ??= message.Answers.Select(a => a.Rdata).OfType<Rdata.Address>().FirstOrDefault()?.Value;
    }

    private static bool TryRead(ReadOnlySpan<byte> frame, int linkType, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsMessage? message)
    {
        message = null;
        if (!LinkView.TryRead(frame, linkType, out var link)) return false;
        if (link.EtherType == (ushort)EtherType.Ipv4 && Ipv4View.TryRead(link.Payload, out var v4) && v4.Protocol == IpProtocol.Udp)
            return Datagram(v4.Payload, v4.Source == Resolver || v4.Destination == Resolver, out message);
        return link.EtherType == (ushort)EtherType.Ipv6 && Ipv6View.TryRead(link.Payload, out var v6) && v6.Protocol == IpProtocol.Udp && Datagram(v6.Payload, false, out message);
    }

    private static bool Datagram(ReadOnlySpan<byte> payload, bool resolver, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsMessage? message)
    {
        message = null;
        return UdpView.TryRead(payload, out var udp) && (resolver || udp.SourcePort == 53 || udp.DestinationPort == 53) && DnsMessage.TryRead(udp.Payload, out message);
    }
}
