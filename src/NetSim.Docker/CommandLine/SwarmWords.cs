using NetSim.Docker.Books;
using NetSim.Docker.Networks;

namespace NetSim.Docker.CommandLine;

/// <summary>What the commands of a swarm answer on an engine that is in none; making or joining one is not modelled. Recorded on 20.10.24, 26.1.5 and 28.5.2 (service, node, stack);
/// the rest by source: moby v28.5.2 daemon/cluster/errors.go.</summary>
internal static class SwarmWords
{
    /// <summary>Answers them.</summary>
    /// <returns>False where the command is none of a swarm's.</returns>
    public static bool Answer(Daemon d, IReadOnlyList<string> words, Reply reply)
    {
        string first = words.Count > 0 ? words[0] : "", second = words.Count > 1 ? words[1] : "";
        if (first is not ("swarm" or "service" or "stack" or "node" or "secret" or "config")) return false;
        if (first == "swarm" && second is "init" or "join")
        {
            d.Warnings.Add($"docker swarm {second}: Swarm and overlay networks are not modelled, so the engine stays alone");
            reply.ErrorLine("netsim: Swarm and overlay networks are not modelled");
            reply.ExitCode = 1;
        }
        else reply.Refused(first == "swarm" && second == "leave" ? "This node is not part of a swarm" : NetworkMaker.NoSwarm);
        return true;
    }
}
