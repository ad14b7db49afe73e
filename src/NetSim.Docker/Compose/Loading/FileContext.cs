namespace NetSim.Docker.Compose.Loading;

/// <summary>What a file is read with.</summary>
/// <param name="File">The file.</param>
/// <param name="Folder">What relative paths in it are relative to.</param>
/// <param name="Variables">What fills in ${A}.</param>
/// <param name="Open">The files that are being included, outermost first, with this one at the end.</param>
internal sealed record FileContext(string File, string Folder, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Open);
