using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering.AddressMaps;

/// <summary>How much room each subnet has left, the fullest first; a small one address by address.</summary>
internal sealed class RoomPanel
{
    private const int Most = 8, Small = 16;
    private readonly Theme _theme;
    private readonly AddressBook _book;
    private readonly List<(NetworkFacts Network, Subnet Subnet, UInt128 Taken, UInt128 All)> _rooms;
    private readonly int _more;

    /// <summary>Measures all subnets.</summary>
    public RoomPanel(Theme theme, AddressBook book)
    {
        (_theme, _book) = (theme, book);
        var all = (from n in book.Networks from s in n.Subnets let r = book.Room(n, s) select (n, s, r.Taken, r.All)).OrderByDescending(r => (double)r.Taken / (double)r.All).ToList();
        _rooms = all.Take(all.Count > Most ? Most - 1 : Most).ToList();
        _more = all.Count - _rooms.Count;
    }

    /// <summary>Height without what is around it.</summary>
    public double Height => 66 + _rooms.Select((r, i) => Cells(r.All, i) ? 36 + 56 * Math.Ceiling((double)r.All / 4) + 12 : 50.0).Sum() + (_more > 0 ? 30 : 0);

    private static bool Cells(UInt128 all, int i) => all <= Small && i < 2;

    /// <summary>Draws it into a box.</summary>
    public void Draw(Sheet panel, Sheet words, Box box)
    {
        panel.Rect(box, 12, new(_theme.Building, _theme.CardEdge));
        double title = words.Text(new(box.X + 24, box.Y + 34), "Room left", TextStyle.Strong(17), _theme.Words);
        int full = _rooms.Count(r => r.Taken >= r.All);
        words.Fitted(new(box.X + 36 + title, box.Y + 34), full == 0 ? "nobody is full" : full == 1 ? $"{_rooms[0].Network.Name} is full" : $"{full} are full", TextStyle.Sans(13.5), _theme.Third, box.Width - title - 60);
        double y = box.Y + 72, left = box.X + 24, right = box.Right - 24;
        foreach (var ((network, subnet, taken, all), i) in _rooms.Select((r, i) => (r, i)))
        {
            string room = $"{Number(all - UInt128.Min(taken, all))} of {Number(all)} left";
            bool isFull = taken >= all;
            double note = words.Text(new(right, y), room, isFull ? TextStyle.Strong(13) : TextStyle.Sans(13), isFull ? _theme.Drop : _theme.Second, Anchor.End);
            double room1 = right - left - note - 24, block = FontBook.Measure(subnet.ToString(), TextStyle.Mono(12.5));
            double name = words.Fitted(new(left, y), network.Name, TextStyle.Strong(15), _theme.Words, Math.Max(40, room1 - Math.Min(block, room1 / 2) - 12));
            words.Fitted(new(left + name + 12, y), subnet.ToString(), TextStyle.Mono(12.5), _theme.Second, room1 - name - 12);
            y = Cells(all, i) ? Each(words, network, subnet, new(left, y + 16, right - left, 0)) : Bar(words, (double)taken / (double)all, new(left, y + 10, right - left, 8), isFull);
        }
        if (_more > 0) words.Text(new(left, y + 2), $"and {_more} more, with more room", TextStyle.Sans(13), _theme.Third);
    }

    private double Bar(Sheet words, double share, Box box, bool full)
    {
        words.Rect(box, 2, new(_theme.Floor));
        words.Rect(new(box.X, box.Y, Math.Max(2, box.Width * share), box.Height), 2, new(full ? _theme.Drop : _theme.Accent));
        return box.Y + 40;
    }

    private double Each(Sheet words, NetworkFacts network, Subnet subnet, Box box)
    {
        int n = (int)subnet.Count;
        double wide = (box.Width + 4) / 4;
        for (int i = 0; i < n; i++)
        {
            var address = subnet.Address.Plus(i);
            string? holder = _book.Leases.Find(l => l.Network == network.Name && l.Address == address && l.To is null)?.Holder;
            string word = holder ?? (network.Gateways.Contains(address) ? "gateway" : address == subnet.Address && n > 2 ? "network" : address == subnet.Last && n > 2 ? "broadcast" : "free");
            var cell = new Box(box.X + i % 4 * wide, box.Y + 56.0 * (i / 4), wide - 4, 50);
            words.Rect(cell, 6, new(holder is not null ? _theme.AccentSoft : word == "free" ? _theme.Building : _theme.Floor, word == "free" ? _theme.CardEdge : null));
            string[] parts = address.ToString().Split('.', ':');
            words.Text(new(cell.X + 11, cell.Y + 21), "." + parts[^1], TextStyle.MonoMedium(13), _theme.Words);
            words.Fitted(new(cell.X + 11, cell.Y + 39), word, holder is null ? TextStyle.Sans(12.5) : TextStyle.Strong(12.5), holder is null ? _theme.Second : _theme.Words, cell.Width - 20);
        }
        return box.Y + 56 * Math.Ceiling(n / 4.0) + 32;
    }

    /// <summary>"65,530"; of IPv6 "2^64".</summary>
    private static string Number(UInt128 n) => n < 10_000_000_000 ? ((ulong)n).ToString("N0", CultureInfo.InvariantCulture) : $"2^{Math.Round(Math.Log2((double)n)):0}";
}
