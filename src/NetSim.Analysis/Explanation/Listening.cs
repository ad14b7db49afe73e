using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Topology;

namespace NetSim.Analysis.Explanation;

/// <summary>Who listens at a port of a namespace, as far as it is known.</summary>
internal static class Listening
{
    /// <summary>What listens where.</summary>
    /// <param name="Is">Does anybody?</param>
    /// <param name="Known">Is that known, or taken to be so?</param>
    /// <param name="Program">Who, or why it is taken to be so.</param>
    public readonly record struct Answer(bool Is, bool Known, string Program);

    /// <summary>Looks for a socket; where the sockets of a namespace are not known, a port that its container publishes or exposes is taken to listen.</summary>
    public static Answer At(FrozenHost host, FrozenStack stack, FlowKey key)
    {
        var space = stack.Space;
        var at = stack.Listeners[(key.Protocol, key.DestinationPort)].Where(s => Takes(s.Address, s.Program, key.Destination))
            .OrderBy(s => s.Address.IsAny).Select(s => s.Program).FirstOrDefault();
        if (at is not null) return new(true, true, at);
        if (IsKnown(host, space)) return new(false, true, "");
        string port = $"{key.DestinationPort}/{(key.Protocol == IpProtocol.Udp ? "udp" : "tcp")}";
        foreach (var c in host.ContainersIn[space.Key])
            if (c.Published.Any(p => $"{p.ContainerPort}/{p.Protocol}" == port)) return new(true, false, $"{c.Name} listens at {port}, since it is published");
            else if (c.Exposed.Contains(port)) return new(true, false, $"{c.Name} listens at {port}, since it is exposed");
        return new(false, false, "");
    }

    /// <summary>Is it known what listens in a namespace? Not where sockets are not told, nor where a program runs that is not modelled.</summary>
    public static bool IsKnown(FrozenHost host, NetworkNamespace space) => (host.SocketsKnown || space.Sockets.Count > 0) && !space.Processes.Values.Any(p => p.Unmodelled);

    /// <summary>docker-proxy binds :: for IPv6 alone; others take both families there.</summary>
    private static bool Takes(IpAddress bound, string program, IpAddress destination) =>
        bound == destination || bound.IsAny && (bound.IsV6 == destination.IsV6 || bound.IsV6 && !program.StartsWith("docker-proxy", StringComparison.Ordinal));
}
