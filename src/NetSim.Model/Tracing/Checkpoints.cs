using NetSim.Model.Input;
using NetSim.Model.Topology;

namespace NetSim.Model.Tracing;

/// <summary>States in a store, each as the changes that make it from nothing, so often that to any state the way is about as long as the state itself, and that all together are no more than the changes.</summary>
internal sealed class Checkpoints(ITraceStore store)
{
    private const int Least = 2048;
    private int _covered;
    private int _gap = Least;

    /// <summary>A change is about to come: keeps the state before it, if that is due.</summary>
    public void Changing(int changes, Topology.Topology state)
    {
        if (changes - _covered < _gap) return;
        var all = TopologyAsChanges.Of(state).ToList();
        store.Write(TraceBlock.State, new(changes, all.Count, 0, 0), TraceCodec.Write(all));
        (_covered, _gap) = (changes, Math.Max(Least, 2 * all.Count));
    }

    /// <summary>Brings an empty topology to the last kept state with at most so many changes; returns how many it has.</summary>
    public int Restore(int changes, Topology.Topology topology)
    {
        var kept = store.Blocks(TraceBlock.State);
        int n = BlockSearch.Holding(kept, changes);
        if (kept.Count == 0 || kept[n].First > changes) return 0;
        try
        {
            foreach (var c in TraceCodec.Read<Change>(store.Read(TraceBlock.State, n), kept[n].Count)) topology.Apply(c);
        }
        catch (FormatException e)
        {
            throw new InputException(store.Name, $"block {n} of states", "is damaged: " + e.Message);
        }
        return (int)kept[n].First;
    }
}
