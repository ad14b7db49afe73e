using NetSim.Analysis.Explanation;
using NetSim.Model.Input;

namespace NetSim.Workbench.Explaining;

/// <summary>Finds the smallest change that mends a failure, by trying it on the model.</summary>
public static class RemedySearch
{
    private const int MostTries = 6;

    /// <summary>The remedy of an answer; null when it was delivered or nothing is known to help.</summary>
    /// <param name="before">The input that was asked.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="tried">Opens the input again with lines added.</param>
    public static Remedy? Find(FrozenInput before, Explanation answer, Func<IReadOnlyList<string>, FrozenInput> tried)
    {
        if (answer.Disposition is Disposition.Delivered or Disposition.Unknown) return null;
        var candidates = RemedyCandidates.For(answer, before.Explainer.Topology).Take(MostTries).ToList();
        foreach (var (commands, advice) in candidates)
            if (Try(before, answer, tried, commands, advice) is { } proven) return proven;
        if (RemedyCandidates.AdviceFor(answer, before.Explainer.Topology) is { } words) return new([], words, false, []);
        return candidates.Count > 0 ? new(candidates[0].Commands, candidates[0].Advice, false, []) : null;
    }

    private static Remedy? Try(FrozenInput before, Explanation answer, Func<IReadOnlyList<string>, FrozenInput> tried, IReadOnlyList<string> commands, string advice)
    {
        try
        {
            var after = tried(commands);
            if (after.Explainer.Judge(answer.Question) != Disposition.Delivered) return null;
            var opened = ReachMatrix.Changes(ReachMatrix.Of(before.Explainer), ReachMatrix.Of(after.Explainer))
                .Where(c => c.After == Disposition.Delivered && !(c.Pair.From == answer.Question.From && c.Pair.To == answer.Question.Target)).Select(c => c.Pair).ToList();
            return new(commands, advice, true, opened);
        }
        catch (InputException)
        {
            return null; // the engine refuses the command
        }
    }
}
