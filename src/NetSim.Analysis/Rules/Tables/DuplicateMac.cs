using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Addressing;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>Two ends of one network with the same MAC address: the bridge sends frames now to one, now to the other.</summary>
internal sealed class DuplicateMac : Diagnosis
{
    public override string Name => "duplicate-mac";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t) yield break;
        foreach (var same in t.Endpoints.Where(e => e.Mac != MacAddress.Zero && t.Containers.Exists(x => x.Name == e.Container && x.State == "running")).GroupBy(e => (e.Network, e.Mac)).Where(g => g.Select(e => e.Container).Distinct().Count() > 1))
            yield return new(Name, Severity.Error, $"{string.Join(" and ", same.Select(e => e.Container))} have the same MAC address {same.Key.Mac} on network {same.Key.Network}: frames for one go to whoever spoke last")
            {
                Evidence = [.. same.Select(e => new Evidence(Table: $"endpoint {e.Container}", Row: $"{e.Network}: {e.Mac}, {string.Join(", ", e.Addresses)}"))],
                Advice = $"run one of them without --mac-address {same.Key.Mac}",
                Subject = $"{same.Key.Network} {same.Key.Mac}",
            };
    }
}
