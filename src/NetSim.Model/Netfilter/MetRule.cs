namespace NetSim.Model.Netfilter;

/// <summary>A rule that a packet met on its way through a table.</summary>
/// <param name="Rule">The rule; number 0 is the policy of the chain.</param>
/// <param name="Depth">Jumps that led to its chain: 0 in a built-in chain.</param>
/// <param name="Held">Did all its conditions hold?</param>
/// <param name="Failing">The first condition that did not, in the order of the text; null when all held.</param>
public sealed record MetRule(CompiledRule Rule, int Depth, bool Held, Match? Failing);
