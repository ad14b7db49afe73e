using NetSim.Analysis.Findings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Rules.Traffic;

/// <summary>A receiver has no room: its program reads too slowly.</summary>
internal sealed class ZeroWindow : Diagnosis
{
    public override string Name => "zero-window";

    public override IEnumerable<Finding> Find(DiagnosisCase c)
    {
        foreach (var same in FlowViews.Tcp(c))
            foreach (var (end, side) in FlowViews.Sides(same[0]))
                if (side.ZeroWindows > 0)
                    yield return new(Name, Severity.Warning, $"{c.Ends.Told(end)} told {(side.ZeroWindows == 1 ? "once" : $"{side.ZeroWindows} times")} that it has no room (zero window) on {c.Ends.Told(same[0].Key.Source)} -> {c.Ends.Told(same[0].Key.Destination, same[0].Key.DestinationPort)}: its program reads more slowly than the other end sends")
                    {
                        Evidence = [Evidence.Of(side.ZeroWindow)],
                        Advice = "the network is not slow, the receiving program is: look what it waits for (CPU, disk, a lock), or give it a larger buffer",
                        Subject = $"{end} {same[0].Key}",
                    };
    }
}
