using System.Buffers.Binary;

namespace NetSim.Capture.Files;

/// <summary>Little-endian records gathered in 64 KiB before they go to a stream.</summary>
internal sealed class BlockBuffer(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _used;

    /// <summary>Bytes gathered.</summary>
    public int Used => _used;

    /// <summary>Room for the next record, which is to be filled at once.</summary>
    public Span<byte> Take(int count)
    {
        if (_used + count > _buffer.Length) Flush();
        if (count > _buffer.Length) _buffer = new byte[count];
        var room = _buffer.AsSpan(_used, count);
        _used += count;
        return room;
    }

    /// <summary>Writes what is gathered.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        stream.Dispose();
    }

    /// <summary>Writes 32-bit words one after the other.</summary>
    public static void Words(Span<byte> target, params ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(target[(4 * i)..], words[i]);
    }
}
