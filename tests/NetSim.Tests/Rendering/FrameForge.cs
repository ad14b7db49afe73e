using System.Buffers.Binary;
using System.Text;
using NetSim.Model.Addressing;

namespace NetSim.Tests.Rendering;

/// <summary>Frames for pictures: right where a picture looks, without checksums.</summary>
internal static class FrameForge
{
    public static byte[] Arp(MacAddress from, IpAddress sender, MacAddress to, IpAddress target, bool reply)
    {
        var f = new byte[42];
        Ethernet(f, from, reply ? to : MacAddress.Broadcast, 0x0806);
        ReadOnlySpan<byte> head = [0, 1, 8, 0, 6, 4, 0, (byte)(reply ? 2 : 1)];
        head.CopyTo(f.AsSpan(14));
        from.Write(f.AsSpan(22));
        sender.Write(f.AsSpan(28));
        if (reply) to.Write(f.AsSpan(32));
        target.Write(f.AsSpan(38));
        return f;
    }

    public static byte[] Tcp(End from, End to, byte flags, string data = "")
    {
        var payload = new byte[20 + (flags == 2 || flags == 18 ? 20 : 12) + data.Length];
        Ports(payload, from, to);
        payload[12] = (byte)((payload.Length - data.Length) / 4 << 4);
        payload.AsSpan(20, payload.Length - data.Length - 20).Fill(1);
        payload[13] = flags;
        Encoding.ASCII.GetBytes(data).CopyTo(payload, payload.Length - data.Length);
        return Ip(from, to, 6, payload);
    }

    public static byte[] Udp(End from, End to, byte[] data)
    {
        var payload = new byte[8 + data.Length];
        Ports(payload, from, to);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(4), (ushort)payload.Length);
        data.CopyTo(payload, 8);
        return Ip(from, to, 17, payload);
    }

    public static byte[] Ping(End from, End to, bool reply, ushort number)
    {
        var payload = new byte[64];
        payload[0] = (byte)(reply ? 0 : 8);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(4), 0x5578);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(6), number);
        return Ip(from, to, 1, payload);
    }

    /// <summary>A question for an address, or its answer.</summary>
    public static byte[] Dns(string name, IpAddress? answer)
    {
        var b = new List<byte> { 0, 7, (byte)(answer is null ? 1 : 0x81), 0x80, 0, 1, 0, (byte)(answer is null ? 0 : 1), 0, 0, 0, 0 };
        foreach (string label in name.Split('.'))
        {
            b.Add((byte)label.Length);
            b.AddRange(Encoding.ASCII.GetBytes(label));
        }
        b.AddRange([0, 0, 1, 0, 1]);
        if (answer is not { } a) return [.. b];
        var address = new byte[4];
        a.Write(address);
        b.AddRange([0xC0, 12, 0, 1, 0, 1, 0, 0, 2, 88, 0, 4, .. address]);
        return [.. b];
    }

    private static byte[] Ip(End from, End to, byte protocol, byte[] payload)
    {
        bool v6 = from.Address.IsV6;
        int head = v6 ? 40 : 20;
        var f = new byte[14 + head + payload.Length];
        Ethernet(f, from.Mac, to.Mac, (ushort)(v6 ? 0x86DD : 0x0800));
        var ip = f.AsSpan(14);
        if (v6)
        {
            ip[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload.Length);
            ip[6] = protocol == 1 ? (byte)58 : protocol;
            ip[7] = 64;
            from.Address.Write(ip[8..]);
            to.Address.Write(ip[24..]);
        }
        else
        {
            ip[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(20 + payload.Length));
            ip[8] = 64;
            ip[9] = protocol;
            from.Address.Write(ip[12..]);
            to.Address.Write(ip[16..]);
        }
        payload.CopyTo(ip[head..]);
        return f;
    }

    private static void Ethernet(Span<byte> f, MacAddress from, MacAddress to, ushort type)
    {
        to.Write(f);
        from.Write(f[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(f[12..], type);
    }

    private static void Ports(Span<byte> payload, End from, End to)
    {
        BinaryPrimitives.WriteUInt16BigEndian(payload, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], to.Port);
    }
}

/// <summary>An end of a conversation.</summary>
internal readonly record struct End(MacAddress Mac, IpAddress Address, ushort Port = 0);
