using NetSim.Model.Addressing;

namespace NetSim.Simulation.Stacks;

/// <summary>Chooses ports for sockets that don't ask for one.</summary>
internal static class PortBook
{
    /// <summary>A free port of the namespace's range, by chance.</summary>
    /// <param name="stack">Whose range and chance.</param>
    /// <param name="taken">Is a port in use?</param>
    /// <param name="even">Only even ones: Linux gives these to connect() and the odd ones to bind(). Source: linux v6.6 net/ipv4/inet_hashtables.c __inet_hash_connect.</param>
    /// <returns>Null when all are taken.</returns>
    public static Port? Choose(NamespaceStack stack, Func<ushort, bool> taken, bool even)
    {
        var (first, last) = stack.Sysctls.LocalPorts;
        int step = even && last - first > 1 ? 2 : 1, count = (last - first) / step + 1, start = stack.Kernel.Chance.Next(count);
        for (int i = 0; i < count; i++)
        {
            ushort port = (ushort)(first + (start + i) % count * step);
            if (!taken(port)) return new(port);
        }
        return null;
    }
}
