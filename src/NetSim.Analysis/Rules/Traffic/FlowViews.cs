using NetSim.Analysis.Findings;
using NetSim.Analysis.Sightings;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>TCP flows, each with all points where it was seen.</summary>
internal static class FlowViews
{
    private const long Together = 2_000_000_000;

    /// <summary>Flows with their sightings in order of time, by the first sequence number; a flow whose beginning was not seen stands alone at each point where it has the most packets.</summary>
    public static IReadOnlyList<IReadOnlyList<SeenFlow>> Tcp(DiagnosisCase c)
    {
        if (c.Views is not null) return c.Views;
        var all = c.Points.SelectMany(p => p.Flows).Where(f => f.Key.Protocol == IpProtocol.Tcp).ToList();
        var begun = all.Where(f => f.HasSyn).GroupBy(f => f.Client.InitialSequence).SelectMany(g => Split(g.OrderBy(f => f.Client.Syn.Time).ThenBy(f => f.Point.Number)));
        var middle = all.Where(f => !f.HasSyn).GroupBy(f => f.Key).Select(g => (IReadOnlyList<SeenFlow>)[.. g.OrderByDescending(f => f.Client.Packets + f.Server.Packets).ThenBy(f => f.Point.Number).Take(1)]);
        return c.Views = [.. begun.Concat(middle).OrderBy(v => v[0].FirstTime).ThenBy(v => v[0].Point.Number)];
    }

    /// <summary>Both ends and what each sent.</summary>
    public static IEnumerable<(IpAddress End, SeenSide Side)> Sides(SeenFlow f) => [(f.Key.Source, f.Client), (f.Key.Destination, f.Server)];

    /// <summary>The last packet of a flow.</summary>
    public static PacketMark Last(this SeenFlow f) => f.Client.Last.Time >= f.Server.Last.Time || f.Server.Packets == 0 ? f.Client.Last : f.Server.Last;

    private static IEnumerable<IReadOnlyList<SeenFlow>> Split(IEnumerable<SeenFlow> ordered)
    {
        List<SeenFlow> group = [];
        foreach (var f in ordered)
        {
            if (group.Count > 0 && f.Client.Syn.Time - group[0].Client.Syn.Time > Together)
            {
                yield return group;
                group = [];
            }
            group.Add(f);
        }
        if (group.Count > 0) yield return group;
    }
}
