using NetSim.Analysis.Explanation;
using NetSim.Analysis.Findings;
using NetSim.Analysis.Rules.Reach;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Names;

/// <summary>Names that did not resolve: by which fault, where the model tells it; else what the name server said.</summary>
internal sealed class FailedNames : Diagnosis
{
    public override string Name => "dns-failed";

    public override IReadOnlyList<string> Names => ["name-on-default-bridge", "dns-no-name", "dns-servfail", "dns-refused", "dns-silent-upstream"];

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        var all = NameViews.Of(c);
        var related = NameViews.ByLabel(all);
        foreach (var failed in all.Where(q => q.IsFailure).GroupBy(q => (q.From, q.Name, q.Kind)))
        {
            var q = failed.First();
            var questions = related[(q.From, NameViews.First(q.Name).ToLowerInvariant())];
            if (c.IsIntended(q.From, q.Name) || IsStep(questions, q) || IsInHosts(c, q) || questions.Any(o => o.From == q.From && o.Name == q.Name && o.Kind == NameKind.Found && Math.Abs(o.Asked.Time - q.Asked.Time) < 5_000_000_000)) continue;
            bool later = questions.Any(o => o.From == q.From && o.Name == q.Name && o.Asked.Time > q.Asked.Time && o.Kind == NameKind.Found);
            var finding = Named(c, q) ?? Plain(c, q);
            yield return later ? finding with { Severity = Severity.Note, Sentence = finding.Sentence + "; later it was answered" } : finding;
        }
    }

    /// <summary>A name that /etc/hosts knows is found there, whatever a name server says of its other family.</summary>
    private static bool IsInHosts(DiagnosisCase c, SeenName q) => c.Model?.Topology.Files.GetValueOrDefault((q.From, "/etc/hosts")) is { } text && text.Split([' ', '\t', '\n']).Contains(q.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>One try of a search list, of which another gave the answer.</summary>
    private static bool IsStep(IEnumerable<SeenName> all, SeenName q) => q.Kind == NameKind.NoName && all.Any(o => o.From == q.From && o.Kind == NameKind.Found && o.Name != q.Name && Math.Abs(o.Asked.Time - q.Asked.Time) < 20_000_000_000
        && (q.Name.StartsWith(o.Name + ".", StringComparison.OrdinalIgnoreCase) || NameViews.First(o.Name) == NameViews.First(q.Name)));

    private static Finding? Named(DiagnosisCase c, SeenName q)
    {
        if (c.Model is not { } m || !m.Topology.Containers.Exists(x => x.Name == q.From && x.State == "running")) return null;
        foreach (string name in new[] { q.Name, NameViews.First(q.Name) }.Distinct())
        {
            var answer = m.Explain(new(q.From, name, null, AskedProtocol.Dns));
            if (answer.Disposition is Disposition.Delivered or Disposition.Unknown || name != q.Name && !m.Topology.Containers.Exists(x => x.Name == name)) continue;
            var named = ReachNaming.Of(answer, m.Topology, q.Evidence);
            // What a name server said was seen; the model is asked for what Docker has to do with it.
            if (named.Rule is "unreachable" || named.Rule.StartsWith("dns-", StringComparison.Ordinal)) continue;
            return named with { Predicted = $"unresolved by the model, and so it was seen: {q.Told}" };
        }
        return null;
    }

    private static Finding Plain(DiagnosisCase c, SeenName q)
    {
        if (q.Kind is NameKind.Failed or NameKind.Silent && q.Upstream is { } up && up.IsFailure)
        {
            var behind = Plain(c, up with { From = q.From });
            return behind with { Sentence = $"{behind.Sentence}; so {q.Host} {(q.Kind == NameKind.Silent ? "says nothing" : $"says {q.Word}")} to {q.From}", Evidence = [.. q.Evidence, .. up.Evidence] };
        }
        bool single = !q.Name.Contains('.', StringComparison.Ordinal);
        bool bridge = q.Client.IsV4 && q.Client.V4 >> 16 == 0xAC11 && !q.Host.IsLoopback;
        return q.Kind switch
        {
            NameKind.NoName when single && bridge && c.Model is null => new("name-on-default-bridge", Severity.Error, $"{q.From} asks {q.Host} for {q.Name}, a name without dots, which nobody there knows; {q.Client} is likely on the default bridge, where containers have no names{c.Unsure}") { Evidence = q.Evidence, Subject = $"{q.From} {q.Name}", Advice = "put both on a network that you make yourself: docker network create app" },
            NameKind.NoName => new("dns-no-name", Severity.Warning, $"there is no name {q.Name} by the word of {q.Host}, asked by {q.From}") { Evidence = q.Evidence, Subject = $"{q.From} {q.Name}", Advice = "look how the name is written, and whether the container is on the network where it is known" },
            NameKind.Failed => new("dns-servfail", Severity.Error, $"{q.Host} failed ({q.Word}) when {q.From} asked for {q.Name}") { Evidence = q.Evidence, Subject = $"{q.From} {q.Name}", Advice = "the name server has a problem of its own, or reaches nobody it could ask; ask it by hand: dig @SERVER NAME" },
            NameKind.Refused => new("dns-refused", Severity.Error, $"nobody listens for DNS at {q.Host}, where {q.From} asks for {q.Name}") { Evidence = q.Evidence, Subject = $"{q.From} {q.Name}", Advice = "name a server that listens: docker run --dns ADDRESS" },
            _ => new("dns-silent-upstream", Severity.Error, $"{q.Host} does not answer {q.From}, which asked for {q.Name}{(q.Times > 1 ? $" {q.Times} times" : "")}") { Evidence = q.Evidence, Subject = $"{q.From} {q.Name}", Advice = "name a server that answers: docker run --dns ADDRESS, \"dns\" in daemon.json, or the host's /etc/resolv.conf" },
        };
    }
}
