using SkiaSharp;

namespace NetSim.Rendering.Output;

/// <summary>Where a frame differs from the one before: few rectangles that hold all changes, cut apart where wide strips between them stay as they were.</summary>
internal sealed class ChangedParts(int width, int height)
{
    private const int WideGap = 24;
    private readonly bool[] _changed = new bool[width * height];

    /// <summary>The rectangles, corners even as WebP demands; empty when nothing differs.</summary>
    /// <param name="now">The frame, a word a pixel.</param>
    /// <param name="was">The frame before.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<SKRectI> Find(ReadOnlySpan<uint> now, ReadOnlySpan<uint> was, int most)
    {
        bool any = false;
        for (int y = 0; y < height; y++)
        {
            var a = now.Slice(y * width, width);
            var b = was.Slice(y * width, width);
            var row = _changed.AsSpan(y * width, width);
            row.Clear();
            if (a.SequenceEqual(b)) continue;
            any = true;
            for (int x = 0; x < width; x++) row[x] = a[x] != b[x];
        }
        return any ? Cut(new(0, 0, width, height), most) : [];
    }

    private List<SKRectI> Cut(SKRectI area, int most)
    {
        var rows = new bool[area.Height];
        var columns = new bool[area.Width];
        for (int y = area.Top; y < area.Bottom; y++)
            for (int x = area.Left; x < area.Right; x++)
                if (_changed[y * width + x]) rows[y - area.Top] = columns[x - area.Left] = true;
        if (!rows.Contains(true)) return [];
        var (top, bottom, rowFrom, rowTo) = Extent(rows, area.Top);
        var (left, right, columnFrom, columnTo) = Extent(columns, area.Left);
        var tight = new SKRectI(left, top, right, bottom);
        int byRows = (rowTo - rowFrom) * tight.Width, byColumns = (columnTo - columnFrom) * tight.Height;
        if (most < 2 || Math.Max(byRows, byColumns) < 12_000) return [new(left & ~1, top & ~1, right, bottom)];
        var (one, other) = byRows >= byColumns
            ? (new SKRectI(left, top, right, rowFrom), new SKRectI(left, rowTo, right, bottom))
            : (new SKRectI(left, top, columnFrom, bottom), new SKRectI(columnTo, top, right, bottom));
        return [.. Cut(one, most / 2), .. Cut(other, most - most / 2)];
    }

    /// <summary>First and last that changed, and the widest gap between them (empty when there is none wide enough).</summary>
    private static (int From, int To, int GapFrom, int GapTo) Extent(bool[] line, int offset)
    {
        int first = Array.IndexOf(line, true), last = Array.LastIndexOf(line, true), gapFrom = 0, gapTo = 0, since = first;
        for (int i = first; i <= last; i++)
        {
            if (!line[i]) continue;
            if (i - since - 1 > Math.Max(WideGap, gapTo - gapFrom)) (gapFrom, gapTo) = (since + 1, i);
            since = i;
        }
        return (first + offset, last + 1 + offset, gapFrom + offset, gapTo + offset);
    }
}
