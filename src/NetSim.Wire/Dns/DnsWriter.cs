using System.Buffers.Binary;

namespace NetSim.Wire.Dns;

/// <summary>Writes a message.</summary>
internal sealed class DnsWriter(bool compress)
{
    private const int MaxPointer = 0x3FFF;
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _written = new(StringComparer.OrdinalIgnoreCase);

    public byte[] Write(DnsMessage m)
    {
        Word(m.Id);
        Word(m.Flags);
        Word((ushort)m.Questions.Count);
        Word((ushort)m.Answers.Count);
        Word((ushort)m.Authorities.Count);
        Word((ushort)m.Additionals.Count);
        foreach (var q in m.Questions)
        {
            Name(q.Name);
            Word((ushort)q.Type);
            Word(q.Class);
        }
        foreach (var r in m.Answers.Concat(m.Authorities).Concat(m.Additionals)) Record(r);
        return [.. _bytes];
    }

    private void Record(DnsRecord r)
    {
        Name(r.Name);
        Word((ushort)r.Type);
        Word(r.Class);
        Long(r.Ttl);
        int at = _bytes.Count;
        Word(0);
        Body(r.Rdata);
        int length = _bytes.Count - at - 2;
        if (length > ushort.MaxValue) throw new FormatException($"the record of {r.Name} is longer than 65535 bytes");
        _bytes[at] = (byte)(length >> 8);
        _bytes[at + 1] = (byte)(length & 0xFF);
    }

    private void Body(Rdata rdata)
    {
        switch (rdata)
        {
            case Rdata.Address a: Address(a); break;
            case Rdata.Target t: Name(t.Name); break;
            case Rdata.Mail m: Word(m.Preference); Name(m.Exchange); break;
            case Rdata.Text t: foreach (string s in t.Strings) Text(s); break;
            case Rdata.Authority s: Authority(s); break;
            case Rdata.Service s: Word(s.Priority); Word(s.Weight); Word(s.Port.Number); Name(s.Host, plain: true); break;
            case Rdata.Options o: foreach (var v in o.Values) Option(v); break;
            case Rdata.Opaque o: _bytes.AddRange(o.Bytes); break;
        }
    }

    private void Address(Rdata.Address a)
    {
        Span<byte> octets = stackalloc byte[16];
        a.Value.Write(octets);
        _bytes.AddRange(octets[..a.Value.ByteLength]);
    }

    private void Authority(Rdata.Authority s)
    {
        Name(s.Primary);
        Name(s.Mailbox);
        foreach (uint v in (uint[])[s.Serial, s.Refresh, s.Retry, s.Expire, s.Minimum]) Long(v);
    }

    private void Option(DnsOption option)
    {
        Word(option.Code);
        Word((ushort)option.Value.Length);
        _bytes.AddRange(option.Value);
    }

    private void Text(string s)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(s);
        if (bytes.Length > byte.MaxValue) throw new FormatException("a string of a TXT record has at most 255 bytes");
        _bytes.Add((byte)bytes.Length);
        _bytes.AddRange(bytes);
    }

    /// <summary>A name, with a pointer to the longest tail that was written before (never within SRV: RFC 2782).</summary>
    private void Name(string name, bool plain = false)
    {
        var labels = DnsName.Labels(name);
        for (int i = 0; i < labels.Count; i++)
        {
            string tail = string.Join('.', labels.Skip(i).Select(l => System.Text.Encoding.Latin1.GetString(l).Replace(".", "\\.", StringComparison.Ordinal)));
            if (compress && !plain && _written.TryGetValue(tail, out int pointer))
            {
                Word((ushort)(0xC000 | pointer));
                return;
            }
            if (_bytes.Count <= MaxPointer) _written.TryAdd(tail, _bytes.Count);
            _bytes.Add((byte)labels[i].Length);
            _bytes.AddRange(labels[i]);
        }
        _bytes.Add(0);
    }

    private void Word(ushort value)
    {
        Span<byte> b = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(b, value);
        _bytes.AddRange(b);
    }

    private void Long(uint value)
    {
        Span<byte> b = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(b, value);
        _bytes.AddRange(b);
    }
}
