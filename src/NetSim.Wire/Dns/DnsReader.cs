using System.Buffers.Binary;
using NetSim.Model.Addressing;

namespace NetSim.Wire.Dns;

/// <summary>Reads a message from bytes that nobody vouches for. Each step says false at the first thing that does not fit.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> bytes)
{
    private const int HeaderLength = 12;
    private readonly ReadOnlySpan<byte> _bytes = bytes.Length > DnsMessage.MaxLength ? bytes[..DnsMessage.MaxLength] : bytes;
    private int _at;

    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsMessage? message)
    {
        message = null;
        if (_bytes.Length < HeaderLength) return false;
        ushort Word(ReadOnlySpan<byte> b, int i) => BinaryPrimitives.ReadUInt16BigEndian(b[i..]);
        int questions = Word(_bytes, 4);
        _at = HeaderLength;
        if (!TryQuestions(questions, out var q)) return false;
        if (!TryRecords(Word(_bytes, 6), out var answers) || !TryRecords(Word(_bytes, 8), out var authorities) || !TryRecords(Word(_bytes, 10), out var additionals)) return false;
        message = new() { Id = Word(_bytes, 0), Flags = Word(_bytes, 2), Questions = q, Answers = answers, Authorities = authorities, Additionals = additionals };
        return true;
    }

    private bool TryQuestions(int count, out List<DnsQuestion> questions)
    {
        questions = [];
        for (int i = 0; i < count; i++)
        {
            if (!DnsName.TryRead(_bytes, ref _at, out string name) || !TryWord(out ushort type) || !TryWord(out ushort @class)) return false;
            questions.Add(new(name, (DnsType)type, @class));
        }
        return true;
    }

    private bool TryRecords(int count, out List<DnsRecord> records)
    {
        records = [];
        for (int i = 0; i < count; i++)
        {
            if (!DnsName.TryRead(_bytes, ref _at, out string name) || !TryWord(out ushort type) || !TryWord(out ushort @class)) return false;
            if (!TryLong(out uint ttl) || !TryWord(out ushort length) || _at + length > _bytes.Length) return false;
            int end = _at + length;
            if (!TryRdata((DnsType)type, end, out var rdata)) return false;
            _at = end;
            records.Add(new(name, (DnsType)type, ttl, rdata, @class));
        }
        return true;
    }

    private bool TryRdata(DnsType type, int end, out Rdata rdata)
    {
        rdata = new Rdata.Opaque(_bytes[_at..end].ToArray());
        switch (type)
        {
            case DnsType.A or DnsType.Aaaa: return TryAddress(end, type == DnsType.A ? 4 : 16, ref rdata);
            case DnsType.Ptr or DnsType.Cname or DnsType.Ns: return TryTarget(end, ref rdata);
            case DnsType.Mx: return TryMail(end, ref rdata);
            case DnsType.Txt: return TryText(end, ref rdata);
            case DnsType.Soa: return TryAuthority(end, ref rdata);
            case DnsType.Srv: return TryService(end, ref rdata);
            case DnsType.Opt: return TryOptions(end, ref rdata);
            default: return true;
        }
    }

    private bool TryAddress(int end, int length, ref Rdata rdata)
    {
        if (end - _at != length) return false;
        rdata = new Rdata.Address(IpAddress.Read(_bytes[_at..end]));
        return true;
    }

    private bool TryTarget(int end, ref Rdata rdata)
    {
        if (!DnsName.TryRead(_bytes, ref _at, out string name) || _at != end) return false;
        rdata = new Rdata.Target(name);
        return true;
    }

    private bool TryMail(int end, ref Rdata rdata)
    {
        if (!TryWord(out ushort preference) || !DnsName.TryRead(_bytes, ref _at, out string name) || _at != end) return false;
        rdata = new Rdata.Mail(preference, name);
        return true;
    }

    private bool TryText(int end, ref Rdata rdata)
    {
        var strings = new List<string>();
        while (_at < end)
        {
            int length = _bytes[_at];
            if (_at + 1 + length > end) return false;
            strings.Add(System.Text.Encoding.Latin1.GetString(_bytes.Slice(_at + 1, length)));
            _at += 1 + length;
        }
        rdata = new Rdata.Text(strings);
        return true;
    }

    private bool TryAuthority(int end, ref Rdata rdata)
    {
        if (!DnsName.TryRead(_bytes, ref _at, out string primary) || !DnsName.TryRead(_bytes, ref _at, out string mailbox)) return false;
        if (!TryLong(out uint serial) || !TryLong(out uint refresh) || !TryLong(out uint retry) || !TryLong(out uint expire) || !TryLong(out uint minimum)) return false;
        rdata = new Rdata.Authority(primary, mailbox, serial, refresh, retry, expire, minimum);
        return _at == end;
    }

    private bool TryService(int end, ref Rdata rdata)
    {
        if (!TryWord(out ushort priority) || !TryWord(out ushort weight) || !TryWord(out ushort port)) return false;
        if (!DnsName.TryRead(_bytes, ref _at, out string host) || _at != end) return false;
        rdata = new Rdata.Service(priority, weight, new(port), host);
        return true;
    }

    private bool TryOptions(int end, ref Rdata rdata)
    {
        var options = new List<DnsOption>();
        while (_at < end)
        {
            if (!TryWord(out ushort code) || !TryWord(out ushort length) || _at + length > end) return false;
            options.Add(new(code, _bytes.Slice(_at, length).ToArray()));
            _at += length;
        }
        rdata = new Rdata.Options(options);
        return _at == end;
    }

    private bool TryWord(out ushort value)
    {
        bool there = _at + 2 <= _bytes.Length;
        value = there ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[_at..]) : (ushort)0;
        _at += 2;
        return there;
    }

    private bool TryLong(out uint value)
    {
        bool there = _at + 4 <= _bytes.Length;
        value = there ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[_at..]) : 0;
        _at += 4;
        return there;
    }
}
