using System.Buffers.Binary;

namespace NetSim.Capture.Files;

/// <summary>Little-endian records gathered before they go to a stream: in whole blocks at whole offsets, into room that is reserved where the file has grown large. Both spare the file system half of its work.</summary>
internal sealed class BlockBuffer(Stream stream) : IDisposable
{
    private const int Block = 1 << 16;
    private const long Reserve = 1 << 25;
    private byte[] _buffer = new byte[2 * Block];
    private int _used;
    private long _written, _reserved;

    /// <summary>Bytes gathered.</summary>
    public int Used => _used;

    /// <summary>Room for the next record, which is to be filled at once.</summary>
    public Span<byte> Take(int count)
    {
        if (_used + count > _buffer.Length) WriteBlocks();
        if (_used + count > _buffer.Length) Array.Resize(ref _buffer, _used + count);
        var room = _buffer.AsSpan(_used, count);
        _used += count;
        return room;
    }

    /// <summary>Writes what is gathered.</summary>
    public void Flush()
    {
        Write(_used);
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        if (_reserved > 0) stream.SetLength(stream.Length); // gives back what was reserved beyond the end
        stream.Dispose();
    }

    /// <summary>Writes 32-bit words one after the other.</summary>
    public static void Words(Span<byte> target, params ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(target[(4 * i)..], words[i]);
    }

    /// <summary>Writes up to the last whole offset; what is beyond stays.</summary>
    private void WriteBlocks()
    {
        int whole = (int)((_written + _used) / Block * Block - _written);
        Write(whole > 0 ? whole : _used);
    }

    private void Write(int count)
    {
        if (_written + count > Reserve && _written + count > _reserved && stream is FileStream file) _reserved = FileRoom.Reserve(file, _written, Reserve);
        stream.Write(_buffer, 0, count);
        _written += count;
        _used -= count;
        Array.Copy(_buffer, count, _buffer, 0, _used);
    }
}
