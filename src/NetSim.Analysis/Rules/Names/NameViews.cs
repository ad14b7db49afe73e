using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Model.Addressing;
using NetSim.Wire.Dns;

namespace NetSim.Analysis.Rules.Names;

/// <summary>What became of a question for a name.</summary>
internal enum NameKind
{
    Found,
    /// <summary>The name is there, without an address of that family.</summary>
    Empty,
    NoName,
    Failed,
    Refused,
    Silent,
    /// <summary>The capture ends too early.</summary>
    Unknown,
}

/// <summary>A question for an address of a name, told once however often it was seen and passed on.</summary>
internal sealed record SeenName(string From, IpAddress Client, IpAddress Host, string Name, NameKind Kind, PacketMark Asked)
{
    public PacketMark? Answered { get; init; }

    public string Word { get; init; } = "";

    public int Times { get; init; }

    /// <summary>The question that the container DNS asked for it, of its last upstream server; or null.</summary>
    public SeenName? Upstream { get; init; }

    public IReadOnlyList<IpAddress> Addresses { get; init; } = [];

    public bool IsFailure => Kind is NameKind.NoName or NameKind.Failed or NameKind.Refused or NameKind.Silent;

    public IReadOnlyList<Evidence> Evidence => [Findings.Evidence.Of(Asked), .. Answered is { } a ? [Findings.Evidence.Of(a)] : (Evidence[])[]];

    public string Told => Kind switch { NameKind.Silent => $"{Host} was asked {Times} times and did not answer", NameKind.Refused => $"nobody listens at {Host}", _ => $"{Host} says {Word}" };
}

/// <summary>Questions for addresses of names: those of programs, not those that a name server passes on for them.</summary>
internal static class NameViews
{
    private const long Patience = 2_000_000_000;
    private const long Together = 1_000_000_000;

    public static IReadOnlyList<SeenName> Of(DiagnosisCase c)
    {
        if (c.Names is IReadOnlyList<SeenName> known) return known;
        var all = c.Points.SelectMany(p => p.Questions).Where(q => q.Type is DnsType.A or DnsType.Aaaa).ToList();
        long end = c.Points.SelectMany(p => p.Questions.Select(q => (q.Answered ?? q.Asked).Time).Concat(p.Flows.Select(f => f.LastTime))).DefaultIfEmpty(0).Max();
        var told = new List<SeenName>();
        // A question that is passed on comes right after the one it is passed on for; the container DNS keeps its number.
        foreach (var same in all.GroupBy(q => (q.Id, Name: q.Name.ToLowerInvariant(), q.Type)))
        {
            var last = new Dictionary<IpAddress, long>();
            foreach (var q in same.OrderBy(q => q.Asked.Time).ThenBy(q => q.Point.Number))
            {
                if (last.TryGetValue(q.Host, out long before) && q.Asked.Time - before < Together) continue;
                last[q.Host] = q.Asked.Time;
                told.Add(Told(c, q, end));
            }
        }
        told.Sort((a, b) => a.Asked.Time.CompareTo(b.Asked.Time));
        var joined = Joined(told);
        c.Names = joined;
        return joined;
    }

    /// <summary>What the container DNS asks for a program belongs to the program's question.</summary>
    private static List<SeenName> Joined(List<SeenName> all)
    {
        var list = new List<SeenName>();
        var latest = new Dictionary<(string Name, string From), int>();
        foreach (var q in all)
        {
            string name = q.Name.ToLowerInvariant();
            if (q.Host == Embedded)
            {
                latest[(name, q.From)] = latest[(name, "host")] = list.Count;
                list.Add(q);
            }
            else if (latest.TryGetValue((name, q.From), out int at) && q.Asked.Time - list[at].Asked.Time < Waiting && (list[at].Answered is not { } a || a.Time >= q.Asked.Time)) list[at] = list[at] with { Upstream = q };
            else list.Add(q);
        }
        return list;
    }

    private static readonly IpAddress Embedded = IpAddress.Parse("127.0.0.11");
    private const long Waiting = 20_000_000_000;

    /// <summary>Questions of one asker for names with the same first label: a name, and what a search list makes of it.</summary>
    public static ILookup<(string From, string Label), SeenName> ByLabel(IReadOnlyList<SeenName> all) => all.ToLookup(q => (q.From, First(q.Name).ToLowerInvariant()));

    /// <summary>The first label of a name.</summary>
    public static string First(string name) => name.Split('.')[0];

    private static SeenName Told(DiagnosisCase c, SeenDns q, long end)
    {
        bool refused = q.Answered is null && c.Points.Where(p => p.Point.Number == q.Point.Number).SelectMany(p => p.Errors).Any(e => e.IsPort && e.About.Source == q.Client && e.About.Destination == q.Host && Math.Abs(e.Mark.Time - q.Asked.Time) < Together);
        var kind = q.Answered is not null ? q.Code switch
        {
            DnsResponseCode.NoError => q.Addresses.Count > 0 ? NameKind.Found : NameKind.Empty,
            DnsResponseCode.NameError => NameKind.NoName,
            _ => NameKind.Failed,
        }
        : refused ? NameKind.Refused : q.Times > 1 || end - q.Asked.Time > Patience ? NameKind.Silent : NameKind.Unknown;
        string? owner = q.Client.IsLoopback ? q.Point.Place?.Namespace : c.Ends.Sender(q.Client);
        return new(owner ?? q.Client.ToString(), q.Client, q.Host, q.Name, kind, q.Asked) { Answered = q.Answered, Word = DnsWords.Of(q.Code), Times = q.Times, Addresses = q.Addresses };
    }
}
