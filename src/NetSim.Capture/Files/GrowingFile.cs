namespace NetSim.Capture.Files;

/// <summary>A file that somebody still writes to: reading waits at its end until there is more, or until it is told to stop.</summary>
internal sealed class GrowingFile(string path, Action idle, CancellationToken stop) : Stream
{
    private const int WaitMilliseconds = 100;
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int got = _file.Read(buffer);
            if (got > 0 || buffer.IsEmpty || stop.IsCancellationRequested) return got;
            idle();
            stop.WaitHandle.WaitOne(WaitMilliseconds);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
