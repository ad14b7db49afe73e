using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering.Fonts;
using NetSim.Rendering.Layout;

namespace NetSim.Rendering.Ladders;

/// <summary>A namespace as a column: its interfaces are its lifelines.</summary>
internal sealed class LadderColumn(string key, string name, string address)
{
    public string Key { get; } = key;
    public string Name { get; } = name;
    public string Address { get; } = address;

    /// <summary>Its lifelines, from left to right, and where they stand.</summary>
    public List<Place> Lanes { get; } = [];
    public double Left { get; set; }
    public double Right { get; set; }
    public double Middle => (Left + Right) / 2;

    /// <summary>The least width: its own words.</summary>
    public double Words => Math.Max(FontBook.Measure(Name, TextStyle.Strong(14)), FontBook.Measure(Address, TextStyle.Mono(11.5))) + 16;
}

/// <summary>Where the lifelines stand: close together, but so that the words on the arrows between them fit.</summary>
internal sealed class LadderColumns
{
    /// <summary>Where the columns begin.</summary>
    public const double Left = 150;

    private const double Within = 68, Beyond = 34, WidestLabel = 190, Comfortable = 480;

    /// <summary>From so many columns on, those that only overhear broadcasts share one.</summary>
    private const int Crowd = 12;

    private readonly Dictionary<Place, double> _at = [];
    private readonly Dictionary<Place, Place> _folded = [];

    /// <summary>From left to right.</summary>
    public List<LadderColumn> Columns { get; } = [];

    /// <summary>Where the last column ends.</summary>
    public double Right { get; private set; }

    /// <summary>Where a lifeline stands, or null.</summary>
    public double? At(Place? place) => place is not null && _at.TryGetValue(_folded.GetValueOrDefault(place, place), out double x) ? x : null;

    /// <summary>The columns of a page.</summary>
    public static LadderColumns Of(LadderPage page, MapPlan plan, Topology now)
    {
        var made = new LadderColumns();
        foreach (var arrow in page.Items.OfType<LadderItem.Arrow>()) made.Take(arrow.Hop, plan, now);
        foreach (var swap in page.Items.OfType<LadderItem.Swap>()) made.Column(swap.Namespace, plan, now);
        made.FoldListeners([.. page.Items.OfType<LadderItem.Arrow>().Select(a => a.Hop)], plan);
        made.Order(plan);
        made.Place([.. page.Items.OfType<LadderItem.Arrow>()]);
        return made;
    }

    private void FoldListeners(List<LadderHop> hops, MapPlan plan)
    {
        if (Columns.Count <= Crowd) return;
        var talks = hops.SelectMany(h => h.Via.Append(h.From).Append(h.Death).Concat(h.To.Count(p => p.Namespace != plan.HostKey) > 1 ? [] : h.To)).Where(p => p is not null).Select(p => p!.Namespace).ToHashSet(StringComparer.Ordinal);
        var others = Columns.Where(c => !talks.Contains(c.Key) && c.Key != plan.HostKey).ToList();
        if (others.Count < 3) return;
        var shared = new LadderColumn("", $"{others.Count} others", "only overhear");
        shared.Lanes.Add(new("", ""));
        foreach (var lane in others.SelectMany(c => c.Lanes)) _folded[lane] = shared.Lanes[0];
        Columns.RemoveAll(others.Contains);
        Columns.Add(shared);
    }

    private void Take(LadderHop hop, MapPlan plan, Topology now)
    {
        var places = new[] { hop.From }.Concat(hop.Via).Concat(hop.To).Append(hop.Death is { Interface: not null } ? hop.Death : null).Where(p => p?.Interface is not null).Select(p => p!);
        foreach (var p in places)
        {
            var lanes = Column(p.Namespace, plan, now).Lanes;
            if (!lanes.Contains(p)) lanes.Add(p);
        }
        if (hop.Death is { Interface: null } stack) Column(stack.Namespace, plan, now);
    }

    private LadderColumn Column(string key, MapPlan plan, Topology now)
    {
        if (Columns.Find(c => c.Key == key) is { } there) return there;
        string name = key == plan.HostKey ? "host" : plan.ByNamespace.TryGetValue(key, out var card) && card.Name.Length > 0 ? card.Name : now.Find(key)?.Label ?? key;
        var made = new LadderColumn(key, name, AddressOf(key, plan, now) is { } a && a != name ? a : "");
        Columns.Add(made);
        return made;
    }

    private static string? AddressOf(string key, MapPlan plan, Topology now)
    {
        if (plan.ByNamespace.TryGetValue(key, out var card))
        {
            var addresses = card.Feet.Select(f => f.Address ?? f.Address6).Where(a => a is not null).ToList();
            return addresses.Count == 0 ? null : addresses.Count == 1 ? addresses[0]!.Value.ToString() : $"{addresses[0]} +{addresses.Count - 1}";
        }
        var ends = now.Find(key)?.Interfaces.Where(i => i.Kind is not (InterfaceKind.Loopback or InterfaceKind.Bridge)).SelectMany(i => i.Addresses).Select(a => a.Address).Where(a => !a.IsLinkLocal).OrderBy(a => a.IsV6).ToList() ?? [];
        return ends.Count == 0 ? null : ends.Count > 1 && ends[0].IsV4 == ends[1].IsV4 ? $"{ends[0]} +{ends.Count - 1}" : ends[0].ToString();
    }

    /// <summary>Outside, host, then by first appearance; a namespace's loopback first, then the uplink.</summary>
    private void Order(MapPlan plan)
    {
        var ordered = Columns.OrderBy(c => c.Key == plan.Outside?.Namespace ? 0 : c.Key == plan.HostKey ? 1 : 2).ToList();
        Columns.Clear();
        Columns.AddRange(ordered);
        foreach (var c in Columns)
        {
            if (c.Lanes.Count == 0) c.Lanes.Add(new(c.Key, ""));
            var lanes = c.Lanes.OrderBy(l => l.Interface == "lo" ? 0 : c.Key == plan.HostKey && l.Interface == plan.Outside?.Uplink ? 1 : 2).ThenBy(l => c.Key == plan.HostKey ? "" : l.Interface, StringComparer.Ordinal).ToList();
            c.Lanes.Clear();
            c.Lanes.AddRange(lanes);
        }
    }

    private void Place(List<LadderItem.Arrow> arrows)
    {
        var lanes = Columns.SelectMany(c => c.Lanes.Select(l => (Lane: l, Column: c))).ToList();
        double[] gaps = new double[Math.Max(0, lanes.Count - 1)];
        for (int i = 0; i < gaps.Length; i++)
            gaps[i] = lanes[i].Column == lanes[i + 1].Column ? Within : Half(lanes[i].Column) + Half(lanes[i + 1].Column) + 8;
        foreach (var a in arrows) Widen(gaps, lanes.ConvertAll(l => l.Lane), a);
        double spare = Math.Clamp((Comfortable - gaps.Sum()) / Math.Max(1, gaps.Length), 0, 90);
        for (int i = 0; i < gaps.Length; i++) gaps[i] += spare;
        double x = lanes.Count == 0 ? Left : Left + Half(lanes[0].Column);
        for (int i = 0; i < lanes.Count; i++)
        {
            _at[lanes[i].Lane] = Math.Round(x);
            if (i < gaps.Length) x += gaps[i];
        }
        foreach (var c in Columns)
        {
            double from = _at[c.Lanes[0]], to = _at[c.Lanes[^1]], half = Math.Max((to - from) / 2 + Beyond, c.Words / 2);
            (c.Left, c.Right) = ((from + to) / 2 - half, (from + to) / 2 + half);
        }
        Right = Columns.Count == 0 ? Left : Columns[^1].Right;
    }

    /// <summary>What a column needs beside its outermost lifeline.</summary>
    private static double Half(LadderColumn c) => Math.Max(Beyond, (c.Words - (c.Lanes.Count - 1) * Within) / 2);

    private void Widen(double[] gaps, List<Place> lanes, LadderItem.Arrow a)
    {
        double need = Math.Min(FontBook.Measure(a.Label, TextStyle.Medium(12)), WidestLabel) + 44;
        if (a.Hop.IsLoop)
        {
            int lane = lanes.IndexOf(a.Hop.From!);
            if (lane >= 0 && lane < gaps.Length) gaps[lane] = Math.Max(gaps[lane], Math.Min(need, 120));
            return;
        }
        var ends = a.Hop.To.Append(a.Hop.Death).Append(a.Hop.From).Where(p => p is not null).Select(p => lanes.IndexOf(_folded.GetValueOrDefault(p!, p!))).Where(i => i >= 0).ToList();
        if (ends.Count < 2 || ends.Min() == ends.Max()) return;
        int from = ends.Min(), to = ends.Max(), widest = from;
        for (int i = from; i < to; i++)
            if (gaps[i] > gaps[widest]) widest = i;
        gaps[widest] = Math.Max(gaps[widest], need);
    }
}
