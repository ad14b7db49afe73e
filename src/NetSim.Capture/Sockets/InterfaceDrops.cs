using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NetSim.Capture.Sockets;

/// <summary>What an interface dropped on receiving since this was made: for want of room before anybody saw it. (For a veth that is the queue of the processor that receives.)</summary>
internal sealed class InterfaceDrops : IDisposable
{
    // /proc/net/dev, receive side: bytes, packets, errs, drop, fifo, …; "drop" has the missed ones in it (dev_get_stats, net/core/net-procfs.c).
    private const int DropColumn = 3;
    private const int FifoColumn = 4;
    private readonly SafeFileHandle _list = File.OpenHandle(InterfaceNames.List);
    private readonly string _name;
    private readonly long _before;
    private long _last;

    /// <summary>Begins to count; on a thread in the interface's namespace.</summary>
    public InterfaceDrops(string name)
    {
        _name = name;
        _before = Read() ?? 0;
    }

    /// <summary>Dropped so far. Of an interface that has gone, as many as were last seen.</summary>
    public long Count => _last = Read() is { } now ? Math.Max(0, now - _before) : _last;

    /// <inheritdoc/>
    public void Dispose() => _list.Dispose();

    private long? Read()
    {
        string? line = Text().Split('\n').FirstOrDefault(l => l.AsSpan().TrimStart().StartsWith(_name + ":", StringComparison.Ordinal));
        string[] columns = line?[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return columns.Length > FifoColumn ? Number(columns[DropColumn]) + Number(columns[FifoColumn]) : null;
    }

    private string Text()
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        for (long at = 0; RandomAccess.Read(_list, buffer, at) is > 0 and var got; at += got) text.Append(Encoding.ASCII.GetString(buffer, 0, got));
        return text.ToString();
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : 0;
}
