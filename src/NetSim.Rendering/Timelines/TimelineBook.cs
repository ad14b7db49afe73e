using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Rendering.Stories;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering.Timelines;

/// <summary>What kind of event a mark on the timeline is.</summary>
internal enum EventKind
{
    /// <summary>A network was made.</summary>
    Network,
    /// <summary>A container was made.</summary>
    Container,
    /// <summary>A container or network was removed.</summary>
    Removed,
    /// <summary>A fault began.</summary>
    Fault,
    /// <summary>A fault is over.</summary>
    Healed,
}

/// <summary>A mark on the timeline.</summary>
internal sealed record TimedEvent(SimTime Time, EventKind Kind, string Name);

/// <summary>A question of DNS: how long its answer took, or null when none came.</summary>
internal sealed record Lookup(SimTime Time, string Name, TimeSpan? Took);

/// <summary>What happened when: read in one pass.</summary>
internal sealed class TimelineBook
{
    private static readonly PacketClass[] Order = [PacketClass.Http, PacketClass.Tcp, PacketClass.Udp, PacketClass.Dns, PacketClass.Icmp, PacketClass.Arp, PacketClass.Other];

    /// <summary>Kinds of packets in the order in which bars are stacked, from below.</summary>
    public static IReadOnlyList<PacketClass> Kinds => Order;

    public SimTime Begin { get; private set; }
    public SimTime End { get; private set; }
    public TimeSpan Length => End - Begin;
    public List<TimedEvent> Events { get; } = [];
    public List<Lookup> Lookups { get; } = [];

    /// <summary>Packets that died, by when.</summary>
    public List<SimTime> Deaths { get; } = [];

    /// <summary>Bytes of each kind in each bin.</summary>
    public long[,] Bytes { get; private set; } = new long[0, 0];

    /// <summary>Packets and bytes of each kind.</summary>
    public Dictionary<PacketClass, (long Packets, long Bytes)> Totals { get; } = [];

    /// <summary>The book of a trace, with so many bins.</summary>
    /// <param name="index">The trace.</param>
    /// <param name="bins">How finely bytes are counted.</param>
    /// <param name="behind">Whose cable ends in an interface of the host; null: nobody's.</param>
    public static TimelineBook Of(TraceIndex index, int bins, Func<string, string?>? behind = null)
    {
        var book = new TimelineBook { Begin = index.Begin, End = index.End };
        if (book.End <= book.Begin) book.End = book.Begin + TimeSpan.FromMilliseconds(1);
        book.Bytes = new long[bins, Order.Length];
        book.ReadEvents(index.Trace, behind ?? (_ => null));
        foreach (var e in index.Shown) book.Count(index, e, bins);
        book.ReadLookups(index);
        return book;
    }

    /// <summary>0 at the beginning, 1 at the end.</summary>
    public double Share(SimTime time) => Math.Clamp((double)(time.Nanoseconds - Begin.Nanoseconds) / (End.Nanoseconds - Begin.Nanoseconds), 0, 1);

    private void Count(TraceIndex index, PacketEntry e, int bins)
    {
        int bin = Math.Min(bins - 1, (int)(Share(e.Time) * bins));
        int bytes = index.WireLength(e);
        Bytes[bin, Array.IndexOf(Order, e.Summary.Class)] += bytes;
        var (packets, sum) = Totals.GetValueOrDefault(e.Summary.Class);
        Totals[e.Summary.Class] = (packets + 1, sum + bytes);
        if (e.Drop is not null) Deaths.Add(index.TimeOf(e.DropRow));
    }

    private void ReadEvents(ITraceReader trace, Func<string, string?> behind)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, row) in trace.Rows())
        {
            if (row.Kind != StepKind.Changed) continue;
            var time = new SimTime(row.Time);
            TimedEvent? made = trace.Change(row.A) switch
            {
                Change.NetworkSet n when n.Network.Driver is not ("host" or "null" or "none") && known.Add("n " + n.Network.Name) => new(time, EventKind.Network, n.Network.Name),
                Change.ContainerSet c when known.Add("c " + c.Container.Name) && c.OldName is null => new(time, EventKind.Container, c.Container.Name),
                Change.NetworkRemoved n when known.Remove("n " + n.Name) => new(time, EventKind.Removed, n.Name),
                Change.ContainerRemoved c when known.Remove("c " + c.Name) => new(time, EventKind.Removed, c.Name),
                Change.LinkFaultSet { Fault: { } fault } f => new(time, EventKind.Fault, $"{Where(f)}: {fault}"),
                Change.LinkFaultSet f => new(time, EventKind.Healed, Where(f)),
                _ => null,
            };
            if (made is not null && time >= Begin) Events.Add(made);
        }

        string Where(Change.LinkFaultSet f) => f.Namespace != "host" ? f.Namespace : behind(f.Interface) ?? f.Interface;
    }

    /// <summary>An answer goes to the address and port that asked for the name; the resolver's own port may be another than was asked.</summary>
    private void ReadLookups(TraceIndex index)
    {
        var open = new Dictionary<(IpAddress, Port, string), Queue<int>>();
        foreach (var e in index.Shown)
        {
            if (e.Summary is not { Class: PacketClass.Dns, Flow: { } f }) continue;
            string name = Phases.DnsName(e.Summary.Text);
            if (e.Summary.Text.EndsWith('?'))
            {
                var key = (f.Source, f.SourcePort, name);
                if (!open.TryGetValue(key, out var asked)) open.Add(key, asked = new());
                asked.Enqueue(Lookups.Count);
                Lookups.Add(new(e.Time, name, null));
            }
            else if (open.TryGetValue((f.Destination, f.DestinationPort, name), out var waiting) && waiting.TryDequeue(out int at))
                Lookups[at] = Lookups[at] with { Took = index.TimeOf(e.LastRow) - Lookups[at].Time };
        }
    }
}
