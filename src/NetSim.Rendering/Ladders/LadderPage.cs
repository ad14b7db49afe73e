using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Ladders;

/// <summary>What one ladder shows, in order, and what it leaves out.</summary>
internal sealed class LadderPage
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TraceIndex _index;
    private readonly HopFold _hops;
    private readonly Talk _talk;
    private readonly HashSet<int> _again;
    private readonly HashSet<FlowKey> _told = [];
    private readonly long _now;
    private SimTime? _last, _above;

    private LadderPage(TraceIndex index, MapPlan plan, Names names, long now)
    {
        _index = index;
        _hops = new(index, Floors.Of(plan), place => plan.Cards.SelectMany(c => c.Feet).FirstOrDefault(f => f.HostEnd == place.Interface && place.Namespace == plan.HostKey) is { } foot
            && plan.ByNamespace.FirstOrDefault(n => n.Value == foot.Card).Key is { } key ? new Place(key, foot.Interface) : null);
        _talk = new(index, names);
        _again = Retransmissions.Of(index);
        _now = now;
    }

    /// <summary>From top to bottom.</summary>
    public List<LadderItem> Items { get; } = [];

    /// <summary>What adds up to the input.</summary>
    public Ledger Ledger { get; private set; } = new(0, 0, 0, 0);

    /// <summary>Lays out what a trace tells.</summary>
    /// <param name="index">The trace.</param>
    /// <param name="plan">Who is who.</param>
    /// <param name="names">Names of addresses.</param>
    /// <param name="at">The instant in focus and its event, or null: a telling one, and nothing lies in the future.</param>
    /// <param name="budget">So many rows fit.</param>
    public static LadderPage Of(TraceIndex index, MapPlan plan, Names names, (PacketEntry? Focus, long? Row) at, int budget)
    {
        var page = new LadderPage(index, plan, names, at.Row ?? long.MaxValue);
        var folding = new Folding(page._again, FlowAliases.Of(index.Trace));
        var chapters = LadderChapters.Of(index);
        LadderChapters.Fold(chapters, at.Focus is { } f ? chapters.Find(c => c.Packets.Contains(f)) : null, budget, folding);
        var groups = chapters.Select(c => folding.Of(c.Packets, c.Level)).ToList();
        var (from, to) = Window(groups, at.Focus, budget);
        int n = 0, before = groups.SelectMany(g => g).Take(from).Sum(g => g.Packets.Count), after = 0;
        for (int i = 0; i < chapters.Count; i++)
        {
            bool begun = false;
            foreach (var g in groups[i])
            {
                bool isIn = n >= from && n < to;
                string said = page._talk.Say(g, page._again.Contains(g.First.Packet));
                if (isIn && n == from && before > 0) page.Items.Add(new LadderItem.Seam($"{Spans.Count(before, "earlier packet")} not shown"));
                if (isIn) page.Add(chapters[i], g, said, !begun);
                if (n >= to) after += g.Packets.Count;
                begun |= isIn;
                n++;
            }
        }
        if (after > 0) page.Items.Add(new LadderItem.Seam($"{Spans.Count(after, "later packet")} not shown"));
        page.Count();
        return page;
    }

    /// <summary>Rows around the focus, when even folded there are too many.</summary>
    private static (int From, int To) Window(List<List<PacketGroup>> groups, PacketEntry? focus, int budget)
    {
        var all = groups.SelectMany(g => g).ToList();
        if (all.Count <= budget + 4) return (0, all.Count);
        int at = Math.Max(0, focus is null ? 0 : all.FindIndex(g => g.Packets.Contains(focus)));
        int from = Math.Clamp(at - budget / 3, 0, all.Count - budget);
        return (from, from + budget);
    }

    private void Add(LadderChapter chapter, PacketGroup g, string said, bool first)
    {
        var pause = _last is { } last ? g.First.Time - last : TimeSpan.Zero;
        bool cut = pause > Pause;
        if (cut) Items.Add(new LadderItem.Seam($"{Spans.Of(pause)} without packets"));
        if (first && chapter.Title.Length > 0) Items.Add(new LadderItem.Head(g.First.Time, chapter.Title, chapter.Sub));
        else if (cut || _last is null) Items.Add(new LadderItem.Head(g.First.Time, "", ""));
        bool begins = Items.Count > 0 && Items[^1] is LadderItem.Head;
        var hops = Joined(g);
        for (int i = 0; i < hops.Count; i++)
        {
            var hop = hops[i];
            bool news = IsNews(hop);
            if (news) Items.Add(Swap(hop));
            string label = LadderLabels.Of(g);
            if (g.Packets.Count == 1 && hop.From is not null && hop.Arrival - hop.Time is { } flight && flight >= TimeSpan.FromMilliseconds(1)) label += $", {Spans.Of(flight)}";
            Items.Add(new LadderItem.Arrow(g, hop, label, i == 0 ? said : Onwards(hops[i - 1], hop))
            {
                Continues = i > 0,
                IsAgain = i == 0 && _again.Contains(g.First.Packet),
                Later = begins && i == 0 || hop.Time < _above ? null : hop.Time - (_above ?? hop.Time),
                IsFuture = hop.Row > _now,
            });
            _above = hop.Time;
        }
        _last = _last is { } l && l > g.Last.Time ? l : g.Last.Time;
    }

    private static string Onwards(LadderHop before, LadderHop hop)
    {
        var waited = hop.Time - (before.Arrival ?? before.Time);
        return hop.Death is not null ? $"It ends here: {DropSentences.Short(hop.Reason)}."
            : waited > TimeSpan.FromMicroseconds(1) ? $"Only now does it go on: it waited {Spans.Of(waited)}." : "And on it goes, with the new address.";
    }

    /// <summary>The arrows of a group: pieces of a way are joined unless another packet was in between, or NAT is to be told.</summary>
    private List<LadderHop> Joined(PacketGroup g)
    {
        var pieces = _hops.Of(g.First);
        var joined = new List<LadderHop>();
        foreach (var p in pieces)
        {
            if (joined.Count > 0 && joined[^1] is { To.Count: 1 } before && before.To[0].Namespace == p.From?.Namespace && (g.Packets.Count > 1 || !IsApart(g.First, before, p)))
            {
                before.Via.Add(before.To[0]);
                before.Via.Add(p.From!);
                before.To.Clear();
                before.To.AddRange(p.To);
                before.Arrival = p.Arrival ?? before.Arrival;
                (before.Death, before.Reason, before.DeathWords) = (p.Death, p.Reason, p.DeathWords);
                before.Swapped ??= p.Swapped;
                before.Translation ??= p.Translation;
            }
            else joined.Add(p);
        }
        if (joined.Count == 0) joined.Add(new() { Row = g.First.FirstRow, Time = g.First.Time });
        return joined;
    }

    private bool IsApart(PacketEntry e, LadderHop before, LadderHop next)
    {
        if (next.Translation is { } t && !IsTold(t)) return true;
        return e.Order + 1 < _index.Shown.Count && _index.Shown[e.Order + 1] is { SeenRow: >= 0 } other && other.SeenRow > before.Row && other.SeenRow < next.Row;
    }

    private bool IsTold(TranslationDetail t) => _told.Contains(Phases.Canonical(t.Before)) || _told.Contains(Phases.Canonical(t.After));

    private bool IsNews(LadderHop hop)
    {
        if (hop.Translation is not { } t || IsTold(t)) return false;
        _told.Add(Phases.Canonical(t.Before));
        _told.Add(Phases.Canonical(t.After));
        return true;
    }

    private static LadderItem.Swap Swap(LadderHop hop)
    {
        var (a, b) = (hop.Translation!.Before, hop.Translation.After);
        bool destination = a.Destination != b.Destination || a.DestinationPort != b.DestinationPort;
        string who = hop.Swapped is "host" ? "the host" : hop.Swapped!;
        string sentence = destination ? $"DNAT: {who} readdresses it." : $"{Capital(who)} lends its own address for the way.";
        return destination ? new(hop.Swapped!, End(a.Destination, a.DestinationPort), End(b.Destination, b.DestinationPort), sentence, hop)
            : new(hop.Swapped!, End(a.Source, a.SourcePort), End(b.Source, b.SourcePort), sentence, hop);

        string End(IpAddress address, Port port) => a.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp ? FlowKey.End(address, port) : address.ToString();
    }

    private static string Capital(string text) => text.StartsWith("the ", StringComparison.Ordinal) ? "T" + text[1..] : text;

    private void Count()
    {
        var all = _index.Ledger;
        var arrows = Items.OfType<LadderItem.Arrow>().Where(a => !a.Continues).ToList();
        long seen = arrows.Sum(a => a.Group.Packets.Sum(p => (long)Math.Max(1, p.Sightings)));
        Ledger = new(arrows.Count, seen - arrows.Count, all.Recorded - all.Lost - seen, all.Lost);
    }
}
