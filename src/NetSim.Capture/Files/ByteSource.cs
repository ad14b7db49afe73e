namespace NetSim.Capture.Files;

/// <summary>A stream seen through one reused buffer of 256 KiB, which grows only as far as bytes really come.</summary>
internal sealed class ByteSource : IDisposable
{
    private const int BufferSize = 256 * 1024;
    private readonly Stream _stream;
    private byte[] _buffer = new byte[BufferSize];
    private int _at;
    private int _end;
    private long _passed;

    /// <summary>Reads from a stream, which it closes at its own end.</summary>
    public ByteSource(Stream stream) => _stream = stream;

    /// <summary>Offset of the next byte.</summary>
    public long Position => _passed + _at;

    /// <summary>Bytes that are there without reading on.</summary>
    public int Buffered => _end - _at;

    /// <summary>Why the stream gave out before its end, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>The next bytes without passing them; false when the stream has fewer.</summary>
    public bool TryPeek(int count, out ReadOnlySpan<byte> bytes)
    {
        if (_end - _at < count && !Fill(count))
        {
            bytes = default;
            return false;
        }
        bytes = _buffer.AsSpan(_at, count);
        return true;
    }

    /// <summary>All that is left, up to <paramref name="most"/> bytes, without passing it.</summary>
    public ReadOnlySpan<byte> PeekUpTo(int most)
    {
        if (Buffered < most) Fill(most);
        return _buffer.AsSpan(_at, Math.Min(Buffered, most));
    }

    /// <summary>Passes bytes that were peeked.</summary>
    public void Pass(int count) => _at += count;

    /// <summary>Passes bytes whether they were peeked or not; false when the stream has fewer.</summary>
    public bool TrySkip(long count)
    {
        while (count > 0)
        {
            if (Buffered == 0 && !Fill(1)) return false;
            int step = (int)Math.Min(count, Buffered);
            _at += step;
            count -= step;
        }
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool Fill(int count)
    {
        if (_at > 0)
        {
            Buffer.BlockCopy(_buffer, _at, _buffer, 0, _end - _at);
            _passed += _at;
            _end -= _at;
            _at = 0;
        }
        while (_end < count)
        {
            if (_end == _buffer.Length) Array.Resize(ref _buffer, Math.Min(Math.Max(count, BufferSize), _buffer.Length * 2));
            int got = ReadSome(_buffer.AsSpan(_end));
            if (got == 0) return false;
            _end += got;
        }
        return true;
    }

    private int ReadSome(Span<byte> target)
    {
        if (Failure is not null) return 0;
        try
        {
            return _stream.Read(target);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ZstdSharp.ZstdException)
        {
            Failure = e.Message;
            return 0;
        }
    }
}
