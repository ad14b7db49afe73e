using NetSim.Model.Addressing;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>How many ICMP errors a namespace sends: so many a second in all, and to each destination six at once, then one in each icmp_ratelimit milliseconds.
/// Source: linux v6.6 net/ipv4/icmp.c icmp_global_allow, icmpv4_xrlim_allow, inetpeer.c inet_peer_xrlim_allow; net/ipv6/icmp.c icmpv6_xrlim_allow.</summary>
internal sealed class IcmpLimit(Kernel kernel, Sysctls sysctls)
{
    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;
    private const int BurstFactor = 6;
    private const int UsualMask = 0x1818; // unreachable, source quench, time exceeded, parameter problem
    private const int Most = 4096;
    private readonly Dictionary<IpAddress, (long Tokens, long Last)> _peers = [];
    private double _credit = 50;
    private long _since;

    /// <summary>May an error of that type go to a destination now? What goes out over lo is never limited.</summary>
    public bool Allows(IpAddress to, byte type, byte code, Device output)
    {
        if (output is Loopback || !IsLimited(to.IsV6, type, code)) return true;
        return Global() && Peer(to);
    }

    private bool IsLimited(bool v6, byte type, byte code)
    {
        if (v6) return type != Icmp6Codes.TooBig && type < 128;
        if (type == IcmpCodes.Unreachable && code == IcmpCodes.FragmentationNeeded) return false;
        return type < 32 && ((int)sysctls.Number("net.ipv4.icmp_ratemask", UsualMask) >> type & 1) != 0;
    }

    private bool Global()
    {
        long rate = sysctls.Number("net.ipv4.icmp_msgs_per_sec", 1000), burst = sysctls.Number("net.ipv4.icmp_msgs_burst", 50);
        _credit = Math.Min(burst, _credit + (kernel.Loop.Now - _since) * (double)rate / Second);
        _since = kernel.Loop.Now;
        if (_credit < 1) return false;
        _credit--;
        return true;
    }

    private bool Peer(IpAddress to)
    {
        long wait = Millisecond * (to.IsV6 ? sysctls.Number("net.ipv6.icmp.ratelimit", 1000) : sysctls.Number("net.ipv4.icmp_ratelimit", 1000));
        if (wait == 0) return true;
        long now = kernel.Loop.Now;
        if (_peers.Count >= Most) _peers.Clear();
        var (tokens, last) = _peers.TryGetValue(to, out var known) ? known : (BurstFactor * wait, now);
        tokens = Math.Min(BurstFactor * wait, tokens + now - last);
        bool allowed = tokens >= wait;
        _peers[to] = (allowed ? tokens - wait : tokens, now);
        return allowed;
    }
}
