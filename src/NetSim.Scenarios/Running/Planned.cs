using NetSim.Model.Tracing;

namespace NetSim.Scenarios.Running;

/// <summary>What will happen at an instant by the scenario's plan, in order of time, then of planning.</summary>
internal sealed class Planned
{
    private readonly SortedDictionary<(SimTime At, int Order), Action> _actions = [];
    private int _count;

    /// <summary>Plans an action.</summary>
    public void Add(SimTime at, Action action) => _actions[(at, _count++)] = action;

    /// <summary>The instant of the next action, at most <paramref name="limit"/>.</summary>
    public SimTime Next(SimTime limit) => _actions.Count > 0 && _actions.First().Key.At is var at && at < limit ? at : limit;

    /// <summary>Does what is due.</summary>
    public void Do(SimTime now)
    {
        while (_actions.Count > 0 && _actions.First() is var (key, action) && key.At <= now)
        {
            _actions.Remove(key);
            action();
        }
    }
}
