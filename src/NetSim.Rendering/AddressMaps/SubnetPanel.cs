using NetSim.Model.Addressing;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Output;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.AddressMaps;

/// <summary>The pools as cells, what the host claims itself below them, and where two claim the same.</summary>
internal sealed class SubnetPanel(Theme theme, AddressBook book, IReadOnlyList<Subnet> pools)
{
    private const double Left = 48, Cells = 186, Pitch = 85, CellHeight = 54;

    private readonly List<List<PoolCell>> _rows = PoolCell.RowsOf(pools, book);
    private readonly Dictionary<string, Box> _byNetwork = new(StringComparer.Ordinal);

    /// <summary>All cells.</summary>
    public IEnumerable<PoolCell> All => _rows.SelectMany(r => r);

    /// <summary>Draws the panel from a y on; gives where it ends.</summary>
    public double Draw(Sheet panel, Sheet words, double width, double top)
    {
        double title = words.Text(new(Left, top + 34), "Subnets", TextStyle.Strong(17), theme.Words);
        words.Text(new(Left + title + 12, top + 34), pools.Count > 0 ? "a new network takes the first pool that nobody uses" : "as packets and tables tell", TextStyle.Sans(13.5), theme.Third);
        double y = top + 74;
        foreach (var row in _rows)
        {
            bool busy = row.Exists(c => c.State is PoolState.Used or PoolState.Default or PoolState.Skipped or PoolState.Next);
            y = busy ? Row(words, row, y) : Quiet(words, row, y);
        }
        y = Others(words, y, width);
        y = Notes(words, y, width);
        panel.Rect(new(24, top, width - 48, y - top), 12, new(theme.Building, theme.CardEdge));
        return y;
    }

    private double Row(Sheet words, List<PoolCell> row, double y)
    {
        words.Text(new(Left, y + 24), "Docker", TextStyle.Strong(13), theme.Words);
        words.Text(new(Left, y + 43), Block(row), TextStyle.Mono(12), theme.Second);
        for (int i = 0; i < row.Count; i++) Cell(words, row[i], new(Cells + i * Pitch, y, Pitch - 5, CellHeight));
        var claims = book.Claims.Where(c => row.Exists(p => p.Subnet.Overlaps(c.Subnet))).ToList();
        if (claims.Count == 0) return y + CellHeight + 34;
        double line = y + CellHeight + 36;
        words.Text(new(Left, line + 2), "the host", TextStyle.Strong(13), theme.Words);
        words.Text(new(Left, line + 19), "own routes", TextStyle.Sans(12.5), theme.Second);
        words.Line(new(Cells, line), new(Cells + row.Count * Pitch - 5, line), new(null, theme.CardEdge));
        double free = 0;
        foreach (var claim in claims) free = Claim(words, row, claim, line, free);
        return line + 52;
    }

    /// <summary>A bar as long as the claim; small ones still show.</summary>
    private double Claim(Sheet words, List<PoolCell> row, HostClaim claim, double y, double free)
    {
        int at = row.FindIndex(c => c.Subnet.Overlaps(claim.Subnet));
        bool whole = claim.Subnet.Contains(row[at].Subnet);
        int count = whole ? row.Count(c => claim.Subnet.Contains(c.Subnet)) : 1;
        double share = whole ? 0 : (double)(claim.Subnet.Address.Bits - row[at].Subnet.Address.Bits) / (double)row[at].Subnet.Count;
        double x = Cells + at * Pitch + share * (Pitch - 5), length = whole ? count * Pitch - 5 : Math.Max(4, (Pitch - 5) * (double)claim.Subnet.Count / (double)row[at].Subnet.Count);
        bool clashes = book.Clashes.Exists(c => c.Network == row[at].Name);
        words.Rect(new(x, y - 5, length, 10), 1, new(clashes ? theme.Drop : theme.Second));
        if (x < free) return free;
        return x + words.Fitted(new(x, y + 24), claim.IsGateway ? "via gateway" : claim.Words, TextStyle.Sans(12), theme.Second, Math.Max(Pitch - 8, 60)) + 8;
    }

    private void Cell(Sheet words, PoolCell cell, Box box)
    {
        words.Text(new(box.X, box.Y - 8), Differing(cell.Subnet), TextStyle.Mono(12), theme.Second);
        var clash = book.Clashes.FindAll(c => c.Network == cell.Name && cell.State is PoolState.Used or PoolState.Default);
        var ink = cell.State switch
        {
            PoolState.Used => new Ink(theme.AccentSoft, theme.Accent, 1.5),
            PoolState.Default => new(theme.Floor, theme.Edge, 1.5),
            PoolState.Skipped => new(theme.Canvas, theme.CardEdge),
            PoolState.Next => new(theme.Building, theme.Second, 1.5, (5, 4)),
            _ => new(theme.Building, theme.CardEdge),
        };
        if (clash.Count > 0) ink = ink with { Stroke = theme.Drop, Width = 2 };
        words.Rect(box, 6, ink);
        if (cell.State == PoolState.Skipped) Hatch(words, box);
        _byNetwork.TryAdd(cell.Name, box);
        bool loud = cell.State is PoolState.Used or PoolState.Default or PoolState.Next;
        var style = loud ? TextStyle.Strong(13) : TextStyle.Sans(12.5);
        if (cell.State == PoolState.Skipped)
        {
            double w = FontBook.Measure(cell.Name, style);
            words.Rect(new(box.Centre.X - w / 2 - 4, box.Centre.Y - 9, w + 8, 18), 4, new(theme.Canvas));
        }
        words.Fitted(new(box.Centre.X, box.Centre.Y + 4.6), cell.Name, style, loud ? theme.Words : theme.Third, box.Width - 10, Anchor.Middle);
        if (clash.Count > 0) Triangle(words, new(box.Centre.X, box.Bottom + 14), clash[0].Number);
    }

    /// <summary>A row in which nothing is used: low cells, so that it takes little room.</summary>
    private double Quiet(Sheet words, List<PoolCell> row, double y)
    {
        words.Text(new(Left, y + 17), Block(row), TextStyle.Mono(12), theme.Second);
        for (int i = 0; i < row.Count; i++)
        {
            var box = new Box(Cells + i * Pitch, y, Pitch - 5, 26);
            words.Rect(box, 6, new(theme.Building, theme.CardEdge));
            words.Text(new(box.Centre.X, y + 17.2), $"{Differing(row[i].Subnet)}/{row[i].Subnet.PrefixLength}", TextStyle.Mono(11.5), theme.Third, Anchor.Middle);
        }
        return y + 26 + 30;
    }

    private double Others(Sheet words, double y, double width)
    {
        var others = PoolCell.Others(pools, book);
        if (others.Count == 0) return y;
        words.Text(new(Left, y + 24), pools.Count > 0 ? "by hand" : "networks", TextStyle.Strong(13), theme.Words);
        double x = Cells;
        int shown = 0;
        foreach (var (network, subnet) in others)
        {
            string name = FontBook.Shorten(network.Name, TextStyle.Strong(13), 240);
            double wide = Math.Max(FontBook.Measure(name, TextStyle.Strong(13)), FontBook.Measure(subnet.ToString(), TextStyle.Mono(12))) + 28;
            if (x + wide > width - 48)
            {
                (x, y) = (Cells, y + CellHeight + 12);
                if (shown > 40) break;
            }
            var box = new Box(x, y, wide, CellHeight);
            bool clash = book.Clashes.Exists(c => c.Network == network.Name);
            words.Rect(box, 6, new(theme.AccentSoft, clash ? theme.Drop : theme.Accent, clash ? 2 : 1.5));
            words.Text(new(box.X + 14, y + 23), name, TextStyle.Strong(13), theme.Words);
            words.Text(new(box.X + 14, y + 42), subnet.ToString(), TextStyle.Mono(12), theme.Second);
            if (clash) Triangle(words, new(box.Right - 2, box.Y + 2), book.Clashes.Find(c => c.Network == network.Name)!.Number);
            x += wide + 14;
            shown++;
        }
        if (shown < others.Count) words.Text(new(x, y + 30), $"and {others.Count - shown} more", TextStyle.Sans(13), theme.Third);
        return y + CellHeight + 28;
    }

    private double Notes(Sheet words, double y, double width)
    {
        var skipped = All.Where(c => c.State == PoolState.Skipped).Select(c => $"{Differing(c.Subnet)} holds {book.Claims.Find(k => k.Subnet.Overlaps(c.Subnet))!.Subnet}").ToList();
        if (book.Clashes.Count == 0 && skipped.Count == 0) return y;
        words.Line(new(Left, y - 4), new(width - 48, y - 4), new(null, theme.CardEdge));
        double column = (width - 96) / 3;
        y += 28;
        foreach (var (clash, i) in book.Clashes.Take(9).Select((c, i) => (c, i)))
        {
            double x = Left + i % 3 * column;
            if (i > 0 && i % 3 == 0) y += 56;
            Triangle(words, new(x + 14, y + 2), clash.Number);
            words.Fitted(new(x + 40, y), clash.Sentence, TextStyle.Strong(13.5), theme.Words, column - 60);
            words.Fitted(new(x + 40, y + 22), clash.Why, TextStyle.Sans(13), theme.Second, column - 60);
        }
        if (book.Clashes.Count > 0) y += 56;
        if (book.Clashes.Count > 9) words.Text(new(Left, y), $"{book.Clashes.Count - 9} more clashes are not listed.", TextStyle.Sans(13), theme.Drop);
        if (book.Clashes.Count > 9) y += 26;
        if (skipped.Count > 0) words.Fitted(new(Left, y), $"Skipped, and rightly so: {string.Join(", ", skipped)}.", TextStyle.Sans(13), theme.Second, width - 96);
        return y + (skipped.Count > 0 ? 24 : 0);
    }

    /// <summary>A clash: a filled triangle with the number of its note.</summary>
    private void Triangle(Sheet sheet, Spot p, int number)
    {
        sheet.Path($"M{Svg.Number(p.X)} {Svg.Number(p.Y - 12)}L{Svg.Number(p.X + 13)} {Svg.Number(p.Y + 10)}H{Svg.Number(p.X - 13)}Z", new(p.X - 13, p.Y - 12, 26, 22), new(theme.Drop, theme.Drop, 2, Round: true));
        sheet.Text(p.Plus(0, 6.5), number.ToString(System.Globalization.CultureInfo.InvariantCulture), TextStyle.Strong(11.5), theme.OnDrop, Anchor.Middle);
    }

    private void Hatch(Sheet sheet, Box b)
    {
        var d = new System.Text.StringBuilder();
        for (double x = b.X - b.Height + 8; x < b.Right; x += 8)
        {
            double x1 = Math.Max(x, b.X + 1), y1 = b.Bottom - 1 - (x1 - x), x2 = Math.Min(x + b.Height - 2, b.Right - 1), y2 = b.Bottom - 1 - (x2 - x);
            if (x2 > x1) d.Append($"M{Svg.Number(x1)} {Svg.Number(y1)}L{Svg.Number(x2)} {Svg.Number(y2)}");
        }
        sheet.Path(d.ToString(), b, new(null, theme.CardEdge));
    }

    /// <summary>The smallest block around a row: "172.16.0.0/12".</summary>
    private static string Block(List<PoolCell> row)
    {
        var first = row[0].Subnet;
        for (int length = first.PrefixLength; length >= 0; length--)
            if (new Subnet(first.Address, length) is var block && row.TrueForAll(c => block.Contains(c.Subnet))) return block.ToString();
        return first.ToString();
    }

    /// <summary>".18" of 172.18.0.0/16, ".16" of 192.168.16.0/20.</summary>
    private static string Differing(Subnet s)
    {
        string[] parts = s.Address.ToString().Split('.');
        return parts.Length == 4 ? s.PrefixLength <= 16 ? $".{parts[1]}" : s.PrefixLength <= 24 ? $".{parts[2]}" : $".{parts[3]}" : s.ToString();
    }
}
