namespace NetSim.Capture.Live;

/// <summary>Writes files on a thread of its own, in the order in which they were filled. A disk that stands still for a while holds nobody up until the bound is reached.</summary>
internal sealed class FileQueue : IDisposable
{
    /// <summary>Bytes that may wait for the disk.</summary>
    public const long Bound = 128L * 1024 * 1024;

    /// <summary>Bytes that go to the disk at once.</summary>
    public const int ChunkSize = 512 * 1024;

    private const int Kept = 8;
    private readonly object _gate = new();
    private readonly Queue<(QueuedFile File, byte[]? Chunk, int Length)> _jobs = new();
    private readonly Stack<byte[]> _free = new();
    private readonly Thread _thread;
    private long _waiting;
    private bool _isEnding;
    private Exception? _failure;

    /// <summary>Starts the thread.</summary>
    public FileQueue()
    {
        _thread = new Thread(WriteAll) { IsBackground = true, Name = "capture writer" };
        _thread.Start();
    }

    /// <summary>A chunk to be filled.</summary>
    public byte[] Chunk()
    {
        lock (_gate) return _free.TryPop(out byte[]? chunk) ? chunk : GC.AllocateUninitializedArray<byte>(ChunkSize);
    }

    /// <summary>Queues bytes for a file, or, without a chunk, its end. Waits when too much waits already.</summary>
    /// <exception cref="IOException">An earlier write failed.</exception>
    public void Add(QueuedFile file, byte[]? chunk, int length)
    {
        lock (_gate)
        {
            while (_waiting >= Bound && _failure is null) Monitor.Wait(_gate);
            if (_failure is not null) throw new IOException(_failure.Message, _failure);
            _jobs.Enqueue((file, chunk, length));
            _waiting += length;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until all is written, and ends.</summary>
    /// <exception cref="IOException">A write failed.</exception>
    public void Finish()
    {
        Dispose();
        if (_failure is not null) throw new IOException(_failure.Message, _failure);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.PulseAll(_gate);
        }
        _thread.Join();
    }

    private void WriteAll()
    {
        while (TryNext(out var file, out byte[]? chunk, out int length))
        {
            try
            {
                file.WriteNow(chunk, length);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                lock (_gate)
                {
                    _failure = e;
                    _jobs.Clear();
                    Monitor.PulseAll(_gate);
                }
                return;
            }
            GiveBack(chunk, length);
        }
    }

    private bool TryNext(out QueuedFile file, out byte[]? chunk, out int length)
    {
        lock (_gate)
        {
            while (_jobs.Count == 0 && !_isEnding) Monitor.Wait(_gate);
            bool isThere = _jobs.TryDequeue(out var job);
            (file, chunk, length) = job;
            return isThere;
        }
    }

    private void GiveBack(byte[]? chunk, int length)
    {
        lock (_gate)
        {
            _waiting -= length;
            if (chunk is { Length: ChunkSize } && _free.Count < Kept) _free.Push(chunk);
            if (_waiting + length >= Bound) Monitor.PulseAll(_gate);
        }
    }
}
