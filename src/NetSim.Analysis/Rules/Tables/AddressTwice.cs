using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Rules.Tables;

/// <summary>Two ends of one link with the same address.</summary>
internal sealed class AddressTwice : Diagnosis
{
    public override string Name => "arp-conflict";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        if (c.Model?.Topology is not { } t) yield break;
        var all = t.Namespaces.SelectMany(n => n.Interfaces).Where(i => i.Up).SelectMany(i => i.Addresses.Select(a => (a.Address, Device: i, Link: (object?)i.Peer?.Master ?? i.Parent ?? (i.Kind == InterfaceKind.Bridge ? i : null))))
            .Where(x => x.Link is not null && !x.Address.IsLinkLocal && !x.Address.IsLoopback);
        foreach (var same in all.GroupBy(x => (x.Address, x.Link)).Where(g => g.Select(x => x.Device.Namespace.Key).Distinct().Count() > 1))
            yield return new(Name, Severity.Error, $"{same.Key.Address} belongs to {string.Join(" and to ", same.Select(x => $"{x.Device} ({x.Device.Mac})"))}: packets go now to one, now to the other")
            {
                Evidence = [.. same.Select(x => new Evidence(Table: $"{x.Device.Namespace.Label} addresses", Row: $"{x.Address} dev {x.Device.Name} {x.Device.Mac}"))],
                Advice = "give one of them another address; addresses set by hand should lie outside what Docker hands out (--ip-range)",
                Subject = same.Key.Address.ToString(),
            };
    }
}
