using NetSim.Model.Tracing;
using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Ladders;

/// <summary>Packets of one step of the story, or between two long pauses.</summary>
internal sealed class LadderChapter(string title, string sub, List<PacketEntry> packets)
{
    public string Title { get; } = title;
    public string Sub { get; } = sub;
    public List<PacketEntry> Packets { get; } = packets;

    /// <summary>How folded it is; see <see cref="Folding"/>.</summary>
    public int Level { get; set; } = Folding.Most;
}

/// <summary>Cuts what is shown into chapters and folds them until a page holds them, the chapter in focus last.</summary>
internal static class LadderChapters
{
    private const int MostCuts = 9;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The chapters that have packets.</summary>
    public static List<LadderChapter> Of(TraceIndex index)
    {
        // Announcements of an address by ARP come with every container and tell nothing new; they are hidden, and counted as such.
        var told = index.Shown.Where(e => !IsAnnouncement(e)).ToList();
        if (told.Count == 0) told = [.. index.Shown];
        return index.Steps.Count > 0 ? BySteps(index, told) : ByPauses(told);
    }

    private static bool IsAnnouncement(PacketEntry e) => e.Summary.Class == Wire.Inspection.PacketClass.Arp && e.Summary.Flow is null or { Destination.IsMulticast: true } && e.Summary.Text.StartsWith("here is", StringComparison.Ordinal);

    /// <summary>Chooses how folded each chapter is, so that all together have at most so many rows if that can be.</summary>
    public static void Fold(List<LadderChapter> chapters, LadderChapter? focus, int budget, Folding folding)
    {
        var rows = chapters.Select(c => Enumerable.Range(0, Folding.Most + 1).Select(level => folding.Of(c.Packets, level).Count).ToArray()).ToList();
        int total = rows.Sum(r => r[Folding.Most]) + chapters.Count(c => c.Title.Length > 0);
        var order = Enumerable.Range(0, chapters.Count).ToList();
        if (focus is not null && chapters.IndexOf(focus) is >= 0 and var at) Lower(at, 0);
        for (int level = Folding.Most - 1; level >= 0; level--)
            foreach (int i in order)
                if (chapters[i].Level > level) Lower(i, level);

        void Lower(int i, int level)
        {
            for (int l = level; l < chapters[i].Level; l++)
            {
                int then = total - rows[i][chapters[i].Level] + rows[i][l];
                if (then > budget && rows[i][l] > rows[i][chapters[i].Level]) continue;
                (total, chapters[i].Level) = (then, l);
                return;
            }
        }
    }

    private static List<LadderChapter> BySteps(TraceIndex index, List<PacketEntry> told)
    {
        var chapters = new List<LadderChapter>();
        int at = -1;
        List<PacketEntry>? open = null;
        foreach (var e in told)
        {
            long row = e.SeenRow < 0 ? e.FirstRow : e.SeenRow;
            int step = at;
            while (step + 1 < index.Steps.Count && index.Steps[step + 1].Row <= row) step++;
            if (open is null || step != at)
            {
                open = [];
                chapters.Add(step < 0 ? new("", "", open) : Told(index.Steps[step].Step, open));
            }
            at = step;
            open.Add(e);
        }
        return chapters;
    }

    private static LadderChapter Told(Change.StoryStep step, List<PacketEntry> packets) => new(Story.Short(step).ReplaceLineEndings(" "), (step.Sentence ?? (step.Command == Story.Short(step) ? "" : step.Command)).ReplaceLineEndings(" "), packets);

    /// <summary>At the longest pauses of more than a second.</summary>
    private static List<LadderChapter> ByPauses(List<PacketEntry> shown)
    {
        var cuts = Enumerable.Range(1, Math.Max(0, shown.Count - 1)).Where(i => shown[i].Time - shown[i - 1].Time > Pause)
            .OrderByDescending(i => shown[i].Time - shown[i - 1].Time).ThenBy(i => i).Take(MostCuts).Append(0).Append(shown.Count).Distinct().Order().ToList();
        return cuts.Zip(cuts.Skip(1)).Select(c => new LadderChapter("", "", shown.Skip(c.First).Take(c.Second - c.First).ToList())).Where(c => c.Packets.Count > 0).ToList();
    }
}
