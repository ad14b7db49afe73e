using NetSim.Analysis.Explanation;
using NetSim.Model.Input;
using NetSim.Scenarios.Format;

namespace NetSim.Workbench.Explaining;

/// <summary>A contract and whether it holds.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Holds">Does it hold? One whose answer is unknown does not.</param>
/// <param name="Explanation">The answer behind it.</param>
public sealed record JudgedContract(Contract Contract, bool Holds, Explanation Explanation)
{
    /// <summary>The way in a line: "web > host br-1 > db", ending with what stopped it.</summary>
    public string Path
    {
        get
        {
            var places = Explanation.Hops.Select(h => h.Interface is null ? h.Namespace : $"{h.Namespace} {h.Interface}").ToList();
            string way = places.Count == 0 ? Explanation.Question.From : string.Join(" > ", places);
            return Explanation.Reason is { } reason ? $"{way}: {Explanation.Disposition.ToString().ToLowerInvariant()}, {reason}" : $"{way}: {Explanation.Disposition.ToString().ToLowerInvariant()}";
        }
    }
}

/// <summary>Holds contracts against an input's end state.</summary>
public static class ContractJudge
{
    /// <summary>Judges contracts in order.</summary>
    /// <exception cref="InputException">An end is not known.</exception>
    public static IReadOnlyList<JudgedContract> Judge(FrozenInput input, IReadOnlyList<Contract> contracts) => [.. contracts.Select(c => Judge(input, c))];

    private static JudgedContract Judge(FrozenInput input, Contract contract)
    {
        try
        {
            AskedProtocol? protocol = Enum.TryParse<AskedProtocol>(contract.Protocol, ignoreCase: true, out var p) ? p : null;
            var answer = input.Explainer.Explain(Question.Read(contract.From, contract.To, protocol));
            if (!contract.Allows && answer.Disposition == Disposition.Unresolved) answer = ByAddress(input, answer);
            bool holds = contract.Allows ? answer.Disposition == Disposition.Delivered : answer.Disposition is not (Disposition.Delivered or Disposition.Unknown);
            return new(contract, holds, answer);
        }
        catch (FormatException e)
        {
            throw Wrong(contract, e.Message);
        }
        catch (InputException e)
        {
            throw Wrong(contract, e.Problem);
        }
    }

    /// <summary>What can't be reached by its name may be reached by an address all the same; and a name that is nobody's is a slip of the pen.</summary>
    private static Explanation ByAddress(FrozenInput input, Explanation unresolved)
    {
        var (question, t) = (unresolved.Question, input.Explainer.Topology);
        var addresses = t.Endpoints.Where(e => e.Container == question.To).SelectMany(e => e.Addresses).Concat(t.Names.Names.Where(n => n.Name == question.To).Select(n => new Model.Addressing.InterfaceAddress(n.Address, 32)))
            .Select(a => a.Address.ToString()).Distinct().ToList();
        if (addresses.Count == 0 && !t.Containers.Exists(c => c.Name == question.To))
            throw new InputException("--deny", "", $"there is no \"{question.To}\" that could be denied{Suggestion.For(question.To, t.Containers.Select(c => c.Name))}");
        if (question.Protocol == AskedProtocol.Dns) return unresolved;
        return addresses.Select(a => input.Explainer.Explain(question with { To = a })).FirstOrDefault(e => e.Disposition is Disposition.Delivered or Disposition.Unknown) ?? unresolved;
    }

    private static InputException Wrong(Contract contract, string problem) =>
        new(contract.File, contract.Line > 0 ? contract.Line.ToString(System.Globalization.CultureInfo.InvariantCulture) : "", problem);
}
