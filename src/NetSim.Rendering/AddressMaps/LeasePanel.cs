using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Stories;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.AddressMaps;

/// <summary>Who held which address of one network, over time.</summary>
internal sealed class LeasePanel
{
    private const double RowHeight = 29;
    private const int MostRows = 13;
    private readonly Theme _theme;
    private readonly AddressBook _book;
    private readonly NetworkFacts? _network;
    private readonly List<IpAddress> _rows = [];
    private readonly int _more;

    /// <summary>Chooses the network whose addresses change hands most, and the rows that fit.</summary>
    public LeasePanel(Theme theme, AddressBook book)
    {
        (_theme, _book) = (theme, book);
        _network = book.Networks.OrderByDescending(n => book.Leases.Where(l => l.Network == n.Name).Sum(l => l.To is null ? 1 : 3)).ThenBy(n => n.Name == "bridge").FirstOrDefault();
        if (_network is null) return;
        var all = book.Leases.Where(l => l.Network == _network.Name).GroupBy(l => l.Address).OrderByDescending(g => g.Count() > 1).ThenBy(g => g.Key).ToList();
        _rows.AddRange(all.Take(all.Count > MostRows ? MostRows - 1 : MostRows).Select(g => g.Key).Order());
        _more = all.Count - _rows.Count;
    }

    /// <summary>Height without what is around it.</summary>
    public double Height => 88 + RowHeight * (_rows.Count + Gateways.Count) + (_more > 0 ? 26 : 0) + (_book.HasTime ? 34 : 10);

    /// <summary>Somebody who came back with another address; null when nobody did.</summary>
    public string? Wanderer => _network is null ? null : _book.Leases.Where(l => l.Network == _network.Name && _rows.Contains(l.Address)).GroupBy(l => l.Holder).FirstOrDefault(g => g.Select(l => l.Address).Distinct().Count(a => a.IsV4) > 1 && g.First().To is not null)?.Key;

    /// <summary>Was its first address given away meanwhile?</summary>
    public bool WasGivenAway => Wanderer is { } who && _book.Leases.Where(l => l.Holder == who).ToList() is [var first, ..] && _book.Leases.Exists(l => l.Network == first.Network && l.Address == first.Address && l.Holder != who && l.From >= first.To);

    private List<IpAddress> Gateways => _network is null ? [] : [.. _network.Gateways.Where(g => g.IsV4 || _rows.Exists(r => r.IsV6)).Take(2)];

    /// <summary>Draws it into a box.</summary>
    public void Draw(Sheet panel, Sheet words, Box box)
    {
        panel.Rect(box, 12, new(_theme.Building, _theme.CardEdge));
        double title = words.Text(new(box.X + 24, box.Y + 34), "Leases", TextStyle.Strong(17), _theme.Words);
        if (_network is null)
        {
            words.Text(new(box.X + 24, box.Y + 70), "No network has addresses yet.", TextStyle.Sans(13), _theme.Second);
            return;
        }
        string note = $"network {_network.Name}, {string.Join(", ", _network.Subnets)}";
        words.Fitted(new(box.X + 36 + title, box.Y + 34), note, TextStyle.Sans(13.5), _theme.Third, box.Width - title - 64);
        double name = _rows.Concat(Gateways).Select(a => FontBook.Measure(a.ToString(), TextStyle.Mono(13))).Append(80).Max();
        var chart = new Box(box.X + 24 + Math.Ceiling(name) + 24, box.Y + 58, box.Right - 24 - (box.X + 24 + Math.Ceiling(name) + 24), RowHeight * (_rows.Count + Gateways.Count));
        Axis(words, chart);
        double y = chart.Y;
        foreach (var g in Gateways)
        {
            words.Text(new(box.X + 24, y + 19), g.ToString(), TextStyle.Mono(13), _theme.Words);
            words.Rect(new(chart.X, y + 4, chart.Width, 21), 4, new(_theme.Floor));
            words.Fitted(new(chart.X + 10, y + 19), _network.Interface is { } bridge ? $"gateway, on {bridge} itself" : "gateway", TextStyle.Sans(12.5), _theme.Second, chart.Width - 20);
            y += RowHeight;
        }
        foreach (var a in _rows)
        {
            words.Text(new(box.X + 24, y + 19), a.ToString(), TextStyle.Mono(13), _theme.Words);
            foreach (var lease in _book.Leases.Where(l => l.Network == _network.Name && l.Address == a)) Bar(words, lease, chart, y);
            y += RowHeight;
        }
        Moves(words, chart);
        if (_more > 0) words.Text(new(box.X + 24, y + (_book.HasTime ? 46 : 20)), $"and {Spans.Count(_more, "address")} more, each with one holder", TextStyle.Sans(12.5), _theme.Third);
    }

    private double X(Model.Tracing.SimTime time, Box chart)
    {
        double all = _book.End.Nanoseconds - _book.Begin.Nanoseconds;
        return !_book.HasTime || all <= 0 ? chart.X : chart.X + chart.Width * Math.Clamp((time.Nanoseconds - _book.Begin.Nanoseconds) / all, 0, 1);
    }

    private void Axis(Sheet words, Box chart)
    {
        double seconds = (_book.End - _book.Begin).TotalSeconds;
        if (!_book.HasTime || seconds <= 0) return;
        double step = Math.Pow(10, Math.Floor(Math.Log10(seconds / 3)));
        foreach (int by in new[] { 5, 2 })
            if (seconds / (step * by) >= 3) step *= by;
        for (int i = 0; i * step <= seconds + 1e-9; i++)
        {
            double x = chart.X + chart.Width * i * step / seconds;
            words.Line(new(x, chart.Y), new(x, chart.Bottom + 6), new(null, _theme.CardEdge));
            string label = (i * step).ToString(step < 1 ? "0.0##" : "0", CultureInfo.InvariantCulture) + " s";
            double width = FontBook.Measure(label, TextStyle.Mono(12));
            words.Text(new(Math.Min(x + 4, chart.Right - width), chart.Bottom + 22), label, TextStyle.Mono(12), _theme.Second);
        }
    }

    private void Bar(Sheet words, Lease lease, Box chart, double y)
    {
        double from = X(lease.From, chart), to = lease.To is { } end ? X(end, chart) : chart.Right;
        bool hot = lease.Holder == Wanderer;
        double width = Math.Max(3, to - from);
        words.Rect(new(from, y + 4, width, 21), 4, new(hot ? _theme.Accent : _theme.AccentSoft));
        if (lease.To is not null) words.Line(new(to, y + 4), new(to, y + 25), new(null, _theme.Second, 1.5));
        string name = FontBook.Shorten(lease.Holder, TextStyle.Strong(12.5), Math.Max(0, width - 16));
        if (name.Length > 1 || name == lease.Holder) words.Text(new(from + 9, y + 19), name, TextStyle.Strong(12.5), hot ? _theme.Card : _theme.Words);
        else if (lease.To is null && from - chart.X > 40 && _book.Leases.TrueForAll(l => l == lease || l.Network != lease.Network || l.Address != lease.Address))
            words.Fitted(new(from - 7, y + 19), lease.Holder, TextStyle.Strong(12.5), _theme.Words, from - chart.X - 14, Anchor.End);
    }

    /// <summary>From the end of the first lease of who came back to the beginning of the second.</summary>
    private void Moves(Sheet words, Box chart)
    {
        if (Wanderer is not { } who) return;
        var mine = _book.Leases.Where(l => l.Holder == who && l.Network == _network!.Name && _rows.Contains(l.Address)).ToList();
        for (int i = 1; i < mine.Count; i++)
        {
            if (mine[i - 1].To is not { } left || mine[i].Address == mine[i - 1].Address) continue;
            double y1 = Y(mine[i - 1].Address), y2 = Y(mine[i].Address), x1 = X(left, chart), x2 = X(mine[i].From, chart);
            if (x2 < x1) continue;
            double turn = Math.Min(x1 + 12, (x1 + x2) / 2);
            words.Way([new(x1 + 1, y1), new(turn, y1), new(turn, y2), new(x2 - 1, y2)], 6, new(null, _theme.Accent, 1.5, (2, 4)));
        }

        double Y(IpAddress a) => chart.Y + RowHeight * (Gateways.Count + _rows.IndexOf(a)) + 14.5;
    }
}
