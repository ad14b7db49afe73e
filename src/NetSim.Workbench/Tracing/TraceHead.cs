using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NetSim.Model.Input;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Tracing;

/// <summary>The first bytes of a trace's file: a mark, the shape of the values in it, when it began and what it is of.</summary>
/// <param name="Title">One line for captions; may be empty.</param>
/// <param name="Engine">"28.5.2"; empty where there is none.</param>
/// <param name="ZeroUnixNanoseconds">When nanosecond 0 was, in nanoseconds since 1970.</param>
public sealed record TraceHead(string Title, string Engine, long ZeroUnixNanoseconds)
{
    private const int Fixed = 32;
    private const int MostText = 1 << 16;

    private static ReadOnlySpan<byte> Mark => "NSTRACE1"u8;

    /// <summary>Mark (8), fingerprint (8), zero (8), length of the text (4), check sum of the rest (4); then title and engine, a line each.</summary>
    internal byte[] ToBytes()
    {
        string title = Title.ReplaceLineEndings(" ");
        var text = Encoding.UTF8.GetBytes((title.Length > 1000 ? title[..1000] : title) + "\n" + Engine);
        var bytes = new byte[Fixed + text.Length];
        Mark.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), TraceCodec.Fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), ZeroUnixNanoseconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), text.Length);
        text.CopyTo(bytes.AsSpan(Fixed));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), Sum(bytes));
        return bytes;
    }

    /// <summary>Does a file begin so?</summary>
    internal static bool IsHere(SafeFileHandle file)
    {
        Span<byte> mark = stackalloc byte[8];
        return RandomAccess.Read(file, mark, 0) == mark.Length && mark.SequenceEqual(Mark);
    }

    /// <summary>Reads it; <paramref name="end"/> is where the blocks begin.</summary>
    internal static TraceHead Read(string path, SafeFileHandle file, out long end)
    {
        var head = new byte[Fixed];
        if (!IsHere(file)) throw new InputException(path, "", "is no trace of NetSim (it does not begin with NSTRACE1)");
        int length = RandomAccess.Read(file, head, 0) == Fixed ? BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(24)) : -1;
        var bytes = new byte[Fixed + Math.Clamp(length, 0, MostText)];
        if (length is < 0 or > MostText || RandomAccess.Read(file, bytes, 0) != bytes.Length || BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(28)) != Sum(bytes))
            throw new InputException(path, "byte 0", "the head of the trace is cut or damaged; nothing of it is whole");
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)) != TraceCodec.Fingerprint)
            throw new InputException(path, "", "was written by another version of NetSim, whose values have another shape; run the scenario again, or take that version to write it as JSON lines (netsim replay FILE --trace FILE.jsonl)");
        end = bytes.Length;
        var lines = Encoding.UTF8.GetString(bytes.AsSpan(Fixed)).Split('\n');
        return new(lines[0], lines.Length > 1 ? lines[1] : "", BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)));
    }

    private static uint Sum(byte[] bytes)
    {
        ulong sum = CheckSum.Of(bytes.AsSpan(0, 28), 1);
        return unchecked((uint)CheckSum.Of(bytes.AsSpan(Fixed), sum));
    }
}
