using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;
using NetSim.Wire.Dns;

namespace NetSim.Capture.Inference;

/// <summary>Names of computers as DNS answers tell them: a name of one label is what Docker's resolver gives for a container.</summary>
internal sealed class HeardNames
{
    private const int DnsPort = 53;
    private const int MostNames = 10_000;
    private static readonly IpAddress Resolver = IpAddress.FromV4(0x7F00_000B);
    private readonly Dictionary<IpAddress, string> _names = [];
    private readonly HashSet<string> _taken = new(["host", "outside", "container"], StringComparer.Ordinal);

    /// <summary>The name heard first for an address, or null.</summary>
    public string? Of(IpAddress address) => _names.GetValueOrDefault(address);

    /// <summary>Listens to a frame.</summary>
    public void Hear(ReadOnlySpan<byte> frame, int linkType)
    {
        if (_names.Count >= MostNames || !LinkView.TryRead(frame, linkType, out var link) || link.EtherType != (ushort)EtherType.Ipv4) return;
        if (!Ipv4View.TryRead(link.Payload, out var ip) || ip.Protocol != IpProtocol.Udp || ip.IsFragment || !UdpView.TryRead(ip.Payload, out var udp)) return;
        if (udp.SourcePort != DnsPort && ip.Source != Resolver) return;
        if (!DnsMessage.TryRead(udp.Payload, out var message) || !message.IsResponse || message.Questions.Count != 1) return;
        string name = message.Questions[0].Name.TrimEnd('.');
        if (!IsPlain(name)) return;
        var told = message.Answers.Where(a => a.Rdata is Rdata.Address).Select(a => ((Rdata.Address)a.Rdata).Value).Distinct().ToList();
        // A name of many addresses is a service's, not a computer's.
        if (told.Count == 1 && LinkEnds.IsPrivate(told[0]) && !_names.ContainsKey(told[0]) && _taken.Add(name)) _names.Add(told[0], name);
    }

    private static bool IsPlain(string name) => name.Length is > 0 and < 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
