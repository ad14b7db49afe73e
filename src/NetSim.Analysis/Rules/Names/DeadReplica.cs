using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;
using NetSim.Model.Packets;

namespace NetSim.Analysis.Rules.Names;

/// <summary>A name with several addresses, one of which does not serve.</summary>
internal sealed class DeadReplica : Diagnosis
{
    public override string Name => "dead-replica";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var name in NameViews.Of(c).Where(q => q.Addresses.Count > 1).GroupBy(q => q.Name, StringComparer.OrdinalIgnoreCase))
        {
            var addresses = name.SelectMany(q => q.Addresses).ToHashSet();
            var tried = c.Attempts.Where(a => addresses.Contains(a.Key.Destination) && a.Protocol == IpProtocol.Tcp).ToList();
            foreach (var dead in tried.Where(a => a.Fate is AttemptFate.Refused or AttemptFate.Silent or AttemptFate.Unreachable).GroupBy(a => (a.Key.Destination, a.Key.DestinationPort)))
                if (tried.Exists(a => a.Fate == AttemptFate.Answered && a.Key.Destination != dead.Key.Destination && a.Key.DestinationPort == dead.Key.DestinationPort) && !tried.Exists(a => a.Fate == AttemptFate.Answered && a.Key.Destination == dead.Key.Destination && a.Key.DestinationPort == dead.Key.DestinationPort))
                    yield return new(Name, Severity.Error, $"{name.Key} has {addresses.Count} addresses, and {c.Ends.Told(dead.Key.Destination, dead.Key.DestinationPort)} of them does not serve: one of {addresses.Count} attempts fails by chance")
                    {
                        Evidence = [.. name.First().Evidence.Take(2), Evidence.Of(dead.First().First.Mark)],
                        Advice = "mend or stop that replica; a stopped container leaves the name at once, one whose program hangs does not",
                        Subject = $"{name.Key} {dead.Key.Destination}",
                    };
        }
    }
}
