using NetSim.Docker.Engine;

namespace NetSim.Docker.CommandLine;

/// <summary>What a command does, in the words that its usage ends with up to 27. Source: docker/cli v20.10.24 cli/command, the Short of each command.</summary>
internal static class CommandSummaries
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["run"] = "Run a command in a new container",
        ["create"] = "Create a new container",
        ["start"] = "Start one or more stopped containers",
        ["stop"] = "Stop one or more running containers",
        ["restart"] = "Restart one or more containers",
        ["kill"] = "Kill one or more running containers",
        ["pause"] = "Pause all processes within one or more containers",
        ["unpause"] = "Unpause all processes within one or more containers",
        ["rename"] = "Rename a container",
        ["rm"] = "Remove one or more containers",
        ["wait"] = "Block until one or more containers stop, then print their exit codes",
        ["update"] = "Update configuration of one or more containers",
        ["exec"] = "Run a command in a running container",
        ["inspect"] = "Return low-level information on Docker objects",
        ["port"] = "List port mappings or a specific mapping for the container",
        ["ps"] = "List containers",
        ["info"] = "Display system-wide information",
        ["version"] = "Show the Docker version information",
        ["events"] = "Get real time events from the server",
        ["pull"] = "Pull an image or a repository from a registry",
        ["logs"] = "Fetch the logs of a container",
        ["top"] = "Display the running processes of a container",
        ["cp"] = "Copy files/folders between a container and the local filesystem",
        ["diff"] = "Inspect changes to files or directories on a container's filesystem",
        ["attach"] = "Attach local standard input, output, and error streams to a running container",
        ["stats"] = "Display a live stream of container(s) resource usage statistics",
        ["images"] = "List images",
        ["network connect"] = "Connect a container to a network",
        ["network create"] = "Create a network",
        ["network disconnect"] = "Disconnect a container from a network",
        ["network inspect"] = "Display detailed information on one or more networks",
        ["network ls"] = "List networks",
        ["network prune"] = "Remove all unused networks",
        ["network rm"] = "Remove one or more networks",
        ["container prune"] = "Remove all stopped containers",
    };

    /// <summary>The summary; empty for a command that has none here.</summary>
    public static string Of(string path, EngineVersion version) => path == "run" && version.AtLeast(23) ? "Create and run a new container from an image" : Known.GetValueOrDefault(path) ?? "";

    /// <summary>What `docker network` alone prints, on standard error.</summary>
    public static string OfGroup(string group)
    {
        var rows = Known.Where(k => k.Key.StartsWith(group + " ", StringComparison.Ordinal)).Select(k => $"  {k.Key[(group.Length + 1)..],-11} {k.Value}");
        return $"\nUsage:  docker {group} COMMAND\n\nManage {group}s\n\nCommands:\n{string.Join('\n', rows)}\n\nRun 'docker {group} COMMAND --help' for more information on a command.";
    }
}
