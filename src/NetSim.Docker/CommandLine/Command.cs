using NetSim.Docker.Books;

namespace NetSim.Docker.CommandLine;

/// <summary>A docker command.</summary>
/// <param name="Path">"network create".</param>
/// <param name="Usage">What follows it: "[OPTIONS] NETWORK".</param>
/// <param name="Least">Arguments at least.</param>
/// <param name="Most">Arguments at most.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Run">What it does.</param>
internal sealed record Command(string Path, string Usage, int Least, int Most, FlagSet Flags, Action<Daemon, ParsedLine, Reply> Run);
