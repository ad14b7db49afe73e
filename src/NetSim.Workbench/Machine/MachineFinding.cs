namespace NetSim.Workbench.Machine;

/// <summary>Something NetSim can use, and whether this machine has it.</summary>
/// <param name="Name">"libpcap".</param>
/// <param name="Found">Is it there?</param>
/// <param name="Detail">Which version, or what is missing.</param>
/// <param name="NeededFor">What can't be done without it.</param>
/// <param name="Remedy">The command that mends it.</param>
/// <param name="Essential">Does nothing work without it?</param>
public sealed record MachineFinding(string Name, bool Found, string Detail, string NeededFor, string Remedy, bool Essential = false);
