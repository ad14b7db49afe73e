using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SkiaSharp;

namespace NetSim.Rendering.Output;

/// <summary>Writes an animated WebP frame by frame. Each frame holds only the rectangle that changed, so files are small and two frames are all that is in memory.
/// Source: RFC 9649, section 2.7 (VP8X, ANIM, ANMF).</summary>
internal sealed class AnimatedWebp
{
    /// <summary>Milliseconds; less than 11 are stretched to 100 by browsers.</summary>
    private const int AtOnce = 20;

    private readonly Stream _stream;
    private readonly int _width, _height;
    private readonly uint[] _before;
    private readonly ChangedParts _changes;
    private bool _first = true;
    private (SKRectI Box, byte[] Chunks)? _held;
    private int _duration;

    /// <summary>Begins a film of a size in pixels on a stream that can seek; the stream stays open.</summary>
    public AnimatedWebp(Stream stream, int width, int height)
    {
        (_stream, _width, _height) = (stream, width, height);
        _before = new uint[width * height];
        _changes = new(width, height);
        Write("RIFF"u8, 0);
        _stream.Write("WEBP"u8);
        Span<byte> extended = stackalloc byte[10];
        extended[0] = 0x02;
        Write24(extended[4..], width - 1);
        Write24(extended[7..], height - 1);
        Chunk("VP8X"u8, extended);
        Chunk("ANIM"u8, [0, 0, 0, 0, 0, 0]);
    }

    /// <summary>Number of frames so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Shows a frame for a time. One that equals the frame before only makes that one last longer; one that differs in places far apart goes in as several, at once to the eye.</summary>
    public void Add(SKPixmap frame, int milliseconds)
    {
        var now = MemoryMarshal.Cast<byte, uint>(frame.GetPixelSpan());
        int most = milliseconds >= 200 ? 4 : 1;
        var parts = _first ? [new SKRectI(0, 0, _width, _height)] : _changes.Find(now, _before, most);
        if (parts.Count == 0)
        {
            _duration += milliseconds;
            return;
        }
        for (int i = 0; i < parts.Count; i++)
        {
            Flush();
            _held = (parts[i], Encode(now, parts[i]));
            _duration = i == parts.Count - 1 ? milliseconds - AtOnce * i : AtOnce;
        }
        now.CopyTo(_before);
        _first = false;
    }

    /// <summary>Ends the film.</summary>
    public void Finish()
    {
        Flush();
        _stream.Position = 4;
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(_stream.Length - 8));
        _stream.Write(size);
    }

    private unsafe byte[] Encode(ReadOnlySpan<uint> frame, SKRectI box)
    {
        var part = new uint[box.Width * box.Height];
        for (int y = box.Top; y < box.Bottom; y++) frame.Slice(y * _width + box.Left, box.Width).CopyTo(part.AsSpan((y - box.Top) * box.Width));
        Palette.Reduce(part);
        fixed (uint* start = part)
        {
            using var pixmap = new SKPixmap(new SKImageInfo(box.Width, box.Height, SKColorType.Bgra8888, SKAlphaType.Opaque), (nint)start);
            using var encoded = pixmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 75)) ?? throw new InvalidOperationException("Skia could not encode a frame");
            return ImageChunks(encoded.AsSpan()).ToArray();
        }
    }

    private void Flush()
    {
        if (_held is not { } held) return;
        Span<byte> head = stackalloc byte[16];
        Write24(head, held.Box.Left / 2);
        Write24(head[3..], held.Box.Top / 2);
        Write24(head[6..], held.Box.Width - 1);
        Write24(head[9..], held.Box.Height - 1);
        Write24(head[12..], Math.Min(_duration, 0xFFFFFF));
        head[15] = 0x02;
        Write("ANMF"u8, (uint)(16 + held.Chunks.Length));
        _stream.Write(head);
        _stream.Write(held.Chunks);
        Frames++;
        _held = null;
    }

    /// <summary>The image chunks of a whole WebP file: VP8L, or ALPH and VP8.</summary>
    private static ReadOnlySpan<byte> ImageChunks(ReadOnlySpan<byte> file)
    {
        int at = 12;
        while (at + 8 <= file.Length)
        {
            string name = Encoding.ASCII.GetString(file.Slice(at, 4));
            if (name is "VP8L" or "VP8 " or "ALPH") return file[at..];
            int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            at += 8 + length + (length & 1);
        }
        throw new InvalidOperationException("no image in the frame");
    }

    private void Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Write(name, (uint)content.Length);
        _stream.Write(content);
        if ((content.Length & 1) == 1) _stream.WriteByte(0);
    }

    private void Write(ReadOnlySpan<byte> name, uint length)
    {
        _stream.Write(name);
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, length);
        _stream.Write(size);
    }

    private static void Write24(Span<byte> target, int value)
    {
        target[0] = (byte)value;
        target[1] = (byte)(value >> 8);
        target[2] = (byte)(value >> 16);
    }
}
