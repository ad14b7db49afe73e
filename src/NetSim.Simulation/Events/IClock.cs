using NetSim.Model.Tracing;

namespace NetSim.Simulation.Events;

/// <summary>Time, waiting and chance of the simulation.</summary>
public interface IClock
{
    /// <summary>Simulated now.</summary>
    SimTime Now { get; }

    /// <summary>The wall-clock time that `date` and dig's WHEN show for now.</summary>
    DateTimeOffset Wall { get; }

    /// <summary>Waits in simulated time.</summary>
    Task Delay(TimeSpan span);

    /// <summary>Seeded chance.</summary>
    Random Chance { get; }
}
