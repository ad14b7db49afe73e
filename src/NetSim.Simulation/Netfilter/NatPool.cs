using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;

namespace NetSim.Simulation.Netfilter;

/// <summary>What a rule of the nat table allows an end of a conversation to become; null keeps it.</summary>
/// <param name="First">The first address.</param>
/// <param name="Last">The last one; null: there is one only.</param>
/// <param name="FirstPort">The first port.</param>
/// <param name="LastPort">The last one; null: there is one only.</param>
/// <param name="Random">Is the port taken by chance though the own one is free (--random, --random-fully)?</param>
internal readonly record struct NatPool(IpAddress? First = null, IpAddress? Last = null, ushort? FirstPort = null, ushort? LastPort = null, bool Random = false)
{
    /// <summary>What a verdict names.</summary>
    public static NatPool Of(in Verdict verdict)
    {
        var range = new NatPool(verdict.Address, verdict.LastAddress, verdict.Port, verdict.LastPort);
        string options = verdict.Rule?.Rule.Target switch { Target.Dnat t => t.Options, Target.Snat t => t.Options, Target.Masquerade t => t.Options, _ => "" };
        if (options.Length == 0) return range;
        var words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        range = range with { Random = words.Contains("--random") || words.Contains("--random-fully") };
        int at = Array.IndexOf(words, "--to-ports");
        if (at < 0 || at + 1 >= words.Length) return range;
        var ports = words[at + 1].Split('-');
        bool read = ushort.TryParse(ports[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort first) & ushort.TryParse(ports[^1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort last);
        return read ? range with { FirstPort = first, LastPort = last } : range;
    }

    /// <summary>The address for a conversation: the same for the same two ends. Source: linux v6.6 net/netfilter/nf_nat_core.c find_best_ips_proto (by another hash).</summary>
    public IpAddress? AddressFor(uint source, uint destination)
    {
        if (First is not { } first || Last is not { } last) return First;
        var count = last.Bits - first.Bits + 1;
        ulong hash = ((ulong)source << 32 | destination) * 0x9E37_79B9_7F4A_7C15;
        var bits = first.Bits + (UInt128)(hash >> 32) % count;
        return first.IsV4 ? IpAddress.FromV4((uint)bits) : IpAddress.FromV6((ulong)(bits >> 64), (ulong)bits);
    }

    /// <summary>Is a port among those it allows?</summary>
    public bool Allows(ushort port) => FirstPort is not { } first || port >= first && port <= (LastPort ?? first);
}
