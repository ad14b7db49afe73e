namespace NetSim.Capture.Live;

/// <summary>A file that is written by a <see cref="FileQueue"/>; "-" is standard output.</summary>
internal sealed class QueuedFile(FileQueue queue, string path) : Stream
{
    private byte[]? _chunk;
    private int _used;
    private long _length;
    private Stream? _file;
    private bool _isClosed;
    private volatile bool _isUnwanted;

    /// <summary>Where it lies.</summary>
    public string Path => path;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Bytes written to it so far, whether or not they are on the disk.</summary>
    public override long Length => _length;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            _chunk ??= queue.Chunk();
            int take = Math.Min(bytes.Length, _chunk.Length - _used);
            bytes[..take].CopyTo(_chunk.AsSpan(_used));
            _used += take;
            _length += take;
            bytes = bytes[take..];
            if (_used == _chunk.Length) HandOver();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: writers flush often, and a chunk should be full. See <see cref="HandOver"/>.</summary>
    public override void Flush() { }

    /// <summary>Gives what is there to the writing thread, full chunk or not.</summary>
    public void HandOver()
    {
        if (_chunk is null || _used == 0) return;
        queue.Add(this, _chunk, _used);
        (_chunk, _used) = (null, 0);
    }

    /// <summary>Opens the file now, so that an error comes at once and not later.</summary>
    public void Open() => _file ??= path == "-" ? Console.OpenStandardOutput() : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Takes the file away again, once it is written.</summary>
    public void Remove()
    {
        _isUnwanted = true;
        queue.Add(this, null, 0);
    }

    /// <summary>On the queue's thread: writes, closes the file, or removes it.</summary>
    public void WriteNow(byte[]? chunk, int length)
    {
        if (chunk is not null)
        {
            Open();
            _file!.Write(chunk, 0, length);
            return;
        }
        _file?.Dispose();
        if (_isUnwanted) File.Delete(path);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            HandOver();
            queue.Add(this, null, 0);
        }
        base.Dispose(disposing);
    }
}
