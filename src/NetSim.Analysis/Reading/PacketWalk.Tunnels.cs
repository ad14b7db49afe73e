using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Reading;

/// <summary>Packets in packets.</summary>
internal sealed partial class PacketWalk
{
    private void Gre(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Gre) || !GreView.TryRead(b, out var gre)) return;
        books.AddGre(gre.Protocol);
        int at = gre.HeaderLength;
        if (gre.Version == 1)
        {
            // PPTP acknowledges with packets that carry nothing.
            if (gre.PayloadLength > 0 && at < b.Length) Ppp(b[at..], Math.Min(gre.PayloadLength, length - at));
            return;
        }
        if (gre.Protocol == 0x880B) Ppp(b[at..], length - at);
        else if (gre.Protocol is 0x88BE or 0x22EB) MirroredPort(gre, b[at..], length - at);
        else Ether(gre.Protocol, b[at..], length - at);
    }

    /// <summary>ERSPAN (draft-foschiano-erspan): type I has no header of its own, type II eight bytes, type III twelve or twenty.</summary>
    private void MirroredPort(GreView gre, ReadOnlySpan<byte> b, int length)
    {
        int header = gre.Protocol == 0x88BE ? gre.HasSequence ? 8 : 0 : b.Length >= 12 && (b[11] & 1) != 0 ? 20 : 12;
        if (b.Length > header) Ethernet(b[header..], length - header);
    }

    private void Vxlan(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Vxlan) || !VxlanView.TryRead(b, out var vxlan)) return;
        books.AddVirtualNetwork(false, vxlan.NetworkIdentifier);
        Ethernet(b[VxlanView.HeaderLength..], length - VxlanView.HeaderLength);
    }

    private void Geneve(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Geneve) || !GeneveView.TryRead(b, out var geneve)) return;
        books.AddVirtualNetwork(true, geneve.NetworkIdentifier);
        Ether(geneve.Protocol, b[geneve.HeaderLength..], length - geneve.HeaderLength);
    }

    private void Gtp(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.Gtp) || !GtpView.TryRead(b, out var gtp)) return;
        Ip(b[gtp.HeaderLength..], length - gtp.HeaderLength);
    }

    /// <summary>IPv6 in UDP (RFC 4380, section 5.1.1), behind authentication and origin if they are there.</summary>
    private void Teredo(ReadOnlySpan<byte> b, int length)
    {
        int at = 0;
        if (b.Length >= 13 && b[0] == 0 && b[1] == 1) at = 4 + b[2] + b[3] + 9;
        if (b.Length >= at + 8 && b[at] == 0 && b[at + 1] == 0) at += 8;
        if (b.Length <= at || b[at] >> 4 != 6 || !Enter(LayerKind.Teredo)) return;
        Ip6(b[at..], length - at);
    }

    /// <summary>L2TP version 2 (RFC 2661, section 3.1): data carries PPP.</summary>
    private void L2tp(ReadOnlySpan<byte> b, int length)
    {
        if (!Enter(LayerKind.L2tp) || b.Length < 6 || (b[1] & 15) != 2 || (b[0] & 0x80) != 0) return;
        int at = 6 + ((b[0] & 0x40) != 0 ? 2 : 0) + ((b[0] & 8) != 0 ? 4 : 0);
        if ((b[0] & 2) != 0 && b.Length >= at + 2) at += 2 + (b[at] << 8 | b[at + 1]);
        if (b.Length > at) Ppp(b[at..], length - at);
    }
}
