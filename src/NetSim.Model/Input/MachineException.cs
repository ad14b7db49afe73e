namespace NetSim.Model.Input;

/// <summary>The machine lacks something (libpcap, a right, an interface); the doors print it with the command that mends it and exit with 4.</summary>
/// <param name="problem">What is missing, as one sentence.</param>
/// <param name="remedy">The command that mends it; empty when there is none.</param>
public sealed class MachineException(string problem, string remedy)
    : Exception(remedy.Length == 0 ? problem : $"{problem} Mend it with: {remedy}");
