namespace NetSim.Simulation.Programs;

/// <summary>Thrown into a program that was killed, at the next thing it waits for.</summary>
internal sealed class ProcessKilled : Exception;
