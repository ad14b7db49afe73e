using NetSim.Docker.Books;

namespace NetSim.Docker.CommandLine;

/// <summary>docker system prune (stopped containers and unused networks really go) and df (disks are not modelled). Source: docker/cli v28.5.2 cli/command/system/prune.go.</summary>
internal static class SystemCommands
{
    /// <summary>Both.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("system prune", "[OPTIONS]", 0, 0, new FlagSet().Switches("force f", "all a", "volumes").Lists("filter"), Prune),
        new("system df", "[OPTIONS]", 0, 0, new FlagSet().Switches("verbose v").Texts("format"), (d, _, _) => d.Warnings.Add("docker system df is not modelled: images, containers and volumes take no room")),
    ];

    private static void Prune(Daemon d, ParsedLine line, Reply reply)
    {
        LifeCommands.PruneContainers(d, reply);
        NetworkCommands.PruneNetworks(d, line, reply);
        reply.Line("Total reclaimed space: 0B");
    }
}
