using System.Globalization;
using Microsoft.Win32.SafeHandles;
using NetSim.Model.Input;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Tracing;

/// <summary>A trace in a file, which may be larger than memory: a head, blocks each with a check sum, and at the end a list of the blocks.
/// Rows stand in blocks of 32,768, each after all that they name, so a file that was cut is whole up to its last block of rows. Layout: README of the room.</summary>
public sealed class TraceFile : ITraceStore, IDisposable
{
    /// <summary>What a trace's name ends in, where a name has to tell it from JSON lines.</summary>
    public const string Extension = ".netsim-trace";

    private readonly SafeFileHandle _file;
    private readonly TraceDirectory _blocks;
    private readonly bool _writing;
    private long _end;
    private bool _closed;

    private TraceFile(string path, SafeFileHandle file, TraceHead head, TraceDirectory blocks, bool writing, long end) =>
        (Name, _file, Head, _blocks, _writing, _end) = (path, file, head, blocks, writing, end);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What the file says of itself.</summary>
    public TraceHead Head { get; }

    /// <summary>What is not whole about it, and what is; null when it is whole.</summary>
    public string? Damage { get; private init; }

    /// <summary>Begins a file anew.</summary>
    /// <exception cref="MachineException">It can't be written there.</exception>
    public static TraceFile Create(string path, TraceHead head)
    {
        var bytes = head.ToBytes();
        return Guarded(path, () =>
        {
            var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
            RandomAccess.Write(file, bytes, 0);
            return new TraceFile(path, file, head, new(), writing: true, bytes.Length);
        });
    }

    /// <summary>Opens a file to read it.</summary>
    /// <exception cref="InputException">It can't be read, or is none.</exception>
    public static TraceFile Open(string path)
    {
        try
        {
            var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var head = TraceHead.Read(path, file, out long start);
            var blocks = TraceDirectory.Find(file, start, out string? damage);
            return new TraceFile(path, file, head, blocks, writing: false, RandomAccess.GetLength(file)) { Damage = damage is null ? null : $"{path}: {damage}; {Whole(blocks, long.MaxValue)}" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "", "the file can't be read: " + e.Message);
        }
    }

    /// <summary>Does a file begin as a trace does?</summary>
    public static bool IsTrace(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var file = File.OpenHandle(path);
            return TraceHead.IsHere(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "", "the file can't be read: " + e.Message);
        }
    }

    /// <summary>The trace in the file.</summary>
    public Trace Trace() => new(this) { ZeroUnixNanoseconds = Head.ZeroUnixNanoseconds };

    /// <inheritdoc/>
    public IReadOnlyList<BlockFacts> Blocks(TraceBlock kind) => _blocks.Of(kind);

    /// <inheritdoc/>
    public void Write(TraceBlock kind, BlockFacts facts, ReadOnlySpan<byte> bytes)
    {
        if (!_writing || _closed) throw new InvalidOperationException("the trace is complete");
        var whole = TraceBlockHead.Frame((byte)kind, facts, bytes);
        Guarded(Name, () => RandomAccess.Write(_file, whole, _end));
        _blocks.Add(kind, facts, _end, bytes.Length);
        _end += whole.Length;
    }

    /// <inheritdoc/>
    public byte[] Read(TraceBlock kind, int number)
    {
        var (offset, length) = _blocks.Place(kind, number);
        var bytes = TraceBlockHead.Read(_file, offset, (byte)kind, length);
        if (bytes is null || TraceBlockHead.Facts(_file, offset) != _blocks.Of(kind)[number])
            throw new InputException(Name, "byte " + offset.ToString(CultureInfo.InvariantCulture), $"a block of {kind.ToString().ToLowerInvariant()} is damaged; {Whole(_blocks, offset)}");
        return bytes;
    }

    /// <summary>Ends the file; it can be read on.</summary>
    public void Complete()
    {
        if (!_writing || _closed) return;
        _closed = true;
        var list = _blocks.ToBytes(_end);
        Guarded(Name, () => RandomAccess.Write(_file, list, _end));
    }

    /// <summary>Ends and closes it.</summary>
    public void Dispose()
    {
        if (_file.IsClosed) return;
        try
        {
            Complete();
        }
        finally
        {
            _file.Dispose();
        }
    }

    /// <summary>How much can be read of what lies before a place in the file.</summary>
    private static string Whole(TraceDirectory blocks, long offset)
    {
        var rows = blocks.Of(TraceBlock.Rows);
        int n = 0;
        while (n < rows.Count && blocks.Place(TraceBlock.Rows, n).Offset < offset) n++;
        if (n == 0) return "no event is whole";
        return string.Create(CultureInfo.InvariantCulture, $"events 0 to {rows[n - 1].First + rows[n - 1].Count - 1} are whole, the last {rows[n - 1].Count} of them from {rows[n - 1].Time / 1e9:0.######} s on");
    }

    private static void Guarded(string path, Action write) => Guarded(path, () =>
    {
        write();
        return true;
    });

    private static T Guarded<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} can't be written: {e.Message}", "");
        }
    }
}
