using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Explaining;

/// <summary>An input, and what is said about it on the command line.</summary>
/// <param name="Path">A scenario, a Compose file or a bundle.</param>
/// <param name="Engine">The engine's version as a person wrote it, or null for the input's own.</param>
/// <param name="Seed">Makes chance.</param>
/// <param name="Project">What is said of a Compose project, or null.</param>
public sealed record InputWish(string Path, string? Engine, int Seed, ProjectWish? Project = null);
