using System.Buffers.Binary;
using System.Text;

namespace NetSim.Wire.Decoding;

/// <summary>A ClientHello or ServerHello in the first record of TLS (RFC 8446, section 4.1), as far as it lies in one segment.</summary>
public readonly ref struct TlsHelloView
{
    private const int MostExtensions = 64;
    private readonly ReadOnlySpan<byte> _names, _protocols;

    private TlsHelloView(bool isClient, int version, ReadOnlySpan<byte> names, ReadOnlySpan<byte> protocols)
    {
        IsClient = isClient;
        Version = version;
        _names = names;
        _protocols = protocols;
    }

    /// <summary>Is it a record of TLS 1.0 to 1.3 or SSL 3 (RFC 8446, section 5.1)?</summary>
    public static bool IsRecord(ReadOnlySpan<byte> data) => data.Length >= 3 && data[0] is >= 20 and <= 24 && data[1] == 3 && data[2] <= 4;

    /// <summary>Reads a hello; false when there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out TlsHelloView view)
    {
        view = default;
        if (data.Length < 44 || data[0] != 22 || !IsRecord(data) || data[5] is not (1 or 2)) return false;
        bool client = data[5] == 1;
        int version = BinaryPrimitives.ReadUInt16BigEndian(data[9..]), at = 43 + 1 + data[43];
        if (client)
        {
            if (data.Length < at + 2) return false;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
            if (data.Length < at + 1) return false;
            at += 1 + data[at];
        }
        else at += 3;
        ReadOnlySpan<byte> names = default, protocols = default;
        for (int n = 0; n < MostExtensions && data.Length >= at + 2 + 4; n++)
        {
            int kind = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]), length = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 4)..]);
            if (data.Length < at + 6 + length) break;
            var value = data.Slice(at + 6, length);
            if (kind == 0) names = value;
            else if (kind == 16) protocols = value;
            else if (kind == 43) version = Newest(value, client, version);
            at += 4 + length;
        }
        view = new(client, version, names, protocols);
        return true;
    }

    /// <summary>From the client?</summary>
    public bool IsClient { get; }

    /// <summary>0x0303 is TLS 1.2, 0x0304 TLS 1.3: the newest offered, or the one chosen.</summary>
    public int Version { get; }

    /// <summary>The name asked for (RFC 6066, section 3); empty without one.</summary>
    public string ServerName
    {
        get
        {
            if (_names.Length < 5 || _names[2] != 0) return "";
            int length = BinaryPrimitives.ReadUInt16BigEndian(_names[3..]);
            return length > _names.Length - 5 || length > 255 ? "" : Printable(_names.Slice(5, length));
        }
    }

    /// <summary>The first application protocol offered or the one chosen (RFC 7301): "h2"; empty without one.</summary>
    public string ApplicationProtocol => _protocols.Length < 3 || _protocols[2] > _protocols.Length - 3 ? "" : Printable(_protocols.Slice(3, _protocols[2]));

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (byte b in bytes) text.Append(b is > 32 and < 127 ? (char)b : '?');
        return text.ToString();
    }

    private static int Newest(ReadOnlySpan<byte> value, bool client, int version)
    {
        if (!client) return value.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(value) : version;
        for (int at = 1; at + 2 <= value.Length; at += 2)
        {
            int offered = BinaryPrimitives.ReadUInt16BigEndian(value[at..]);
            if (offered >> 8 == 3 && offered > version) version = offered;
        }
        return version;
    }
}
