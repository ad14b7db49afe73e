using System.Buffers.Binary;
using System.IO.Compression;
using NetSim.Model.Input;

namespace NetSim.Capture.Files;

/// <summary>Recognises packed files by their first bytes and unpacks them as they are read.</summary>
internal static class Unpacking
{
    private const uint Gzip = 0x1F8B;
    private const uint Zstd = 0x28B5_2FFD;

    /// <summary>The stream of what is in the file; the same stream when it isn't packed.</summary>
    /// <exception cref="InputException">Packed in a way that is not read here.</exception>
    public static Stream Unpack(Stream stream, string name)
    {
        var head = new byte[6];
        int got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(head.AsMemory(0, got), stream);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (magic >> 16 == Gzip) return new GZipStream(whole, CompressionMode.Decompress);
        // Skippable frames (RFC 8878, section 3.1.2) may stand before the first frame.
        if (magic == Zstd || (magic & 0xF0FF_FFFF) == 0x502A_4D18) return new ZstdSharp.DecompressionStream(whole);
        string? other = magic switch
        {
            _ when head.AsSpan().SequenceEqual<byte>([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) => "xz",
            0x0422_4D18 => "lz4",
            _ when magic >> 8 == 0x42_5A68 => "bzip2",
            _ => null,
        };
        if (other is null) return whole;
        throw new InputException(name, "", $"is packed by {other}; unpack it first: gzip and zstd are read as they are");
    }

    /// <summary>Bytes already taken from a stream, then the stream.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _prefix = prefix;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (_prefix.IsEmpty) return rest.Read(buffer);
            int step = Math.Min(buffer.Length, _prefix.Length);
            _prefix.Span[..step].CopyTo(buffer);
            _prefix = _prefix[step..];
            return step;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
