using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Project;
using NetSim.Model.Input;

namespace NetSim.Docker.Compose;

/// <summary>A Compose project: its files read, filled in, merged and checked.</summary>
public sealed class ComposeProject
{
    internal ComposeProject(string name, string folder, IReadOnlyList<string> files) => (Name, Folder, Files) = (name, folder, files);

    /// <summary>"shop".</summary>
    public string Name { get; }

    /// <summary>Where the project lies on the simulated host: a folder of its name under /srv.</summary>
    public string Folder { get; }

    /// <summary>The files as the user named them, in order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Names of the services that are active, in the order of the files.</summary>
    public IEnumerable<string> ServiceNames => Services.Select(s => s.Name);

    /// <summary>Names that the containers will have, by service.</summary>
    public IEnumerable<(string Service, string Container)> ContainerNames => Services.SelectMany(s => Enumerable.Range(1, s.Scale).Select(n => (s.Name, NameOf(s, n))));

    /// <summary>Names that the networks have in the engine.</summary>
    public IEnumerable<string> NetworkNames => Networks.Where(n => Services.Any(s => s.Networks.Any(x => x.Key == n.Key))).Select(n => n.Name);

    /// <summary>Is there such a service, active or not?</summary>
    public bool HasService(string name) => Services.Concat(Disabled).Any(s => s.Name == name);

    /// <summary>What Compose would warn of and what is not modelled, each with its place.</summary>
    public IReadOnlyList<string> Warnings => Said.All;

    internal ComposeWarnings Said { get; init; } = new();

    internal IReadOnlyList<ComposeService> Services { get; init; } = [];

    internal IReadOnlyList<ComposeService> Disabled { get; init; } = [];

    internal IReadOnlyList<ComposeNetwork> Networks { get; init; } = [];

    /// <summary>Reads a project.</summary>
    /// <exception cref="InputException">A file is not there, or says something that Compose refuses; with line and column.</exception>
    public static ComposeProject Load(ComposeWish wish, ComposeFiles files) => ProjectLoader.Load(wish, files);

    internal string NameOf(ComposeService service, int number) => service.ContainerName.Length > 0 ? service.ContainerName : $"{Name}-{service.Name}-{number}";
}
