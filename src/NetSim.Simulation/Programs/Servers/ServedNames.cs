using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>What the DNS servers among the processes of a namespace would answer, without asking them by packets.</summary>
public static class ServedNames
{
    /// <summary>Looks up the addresses of a name.</summary>
    /// <param name="processes">The processes of the server's namespace.</param>
    /// <param name="at">The address that is asked.</param>
    /// <param name="name">The name, without a dot at its end.</param>
    /// <param name="code">The response code; null when the server keeps silent.</param>
    /// <param name="addresses">A and AAAA records.</param>
    /// <returns>False when no process is known to serve names there.</returns>
    public static bool TryAsk(IEnumerable<ProcessSpec> processes, IpAddress at, string name, out DnsResponseCode? code, out IReadOnlyList<IpAddress> addresses)
    {
        (code, addresses) = (null, []);
        foreach (var words in processes.Select(p => p.Arguments))
        {
            if (Failing(words, at) is { } way)
            {
                code = way == "fail" ? DnsResponseCode.ServerFailure : null;
                return true;
            }
            if (words.Count == 0 || words[0] != "dnsmasq") continue;
            var zone = new DnsZone(words);
            if (zone.Listen.Count > 0 && !zone.Listen.Contains(at)) continue;
            addresses = Addresses(zone, name, DnsType.A).Concat(Addresses(zone, name, DnsType.Aaaa)).ToList();
            code = addresses.Count > 0 || zone.Knows(name) ? DnsResponseCode.NoError : DnsResponseCode.NameError;
            return true;
        }
        return false;
    }

    private static IEnumerable<IpAddress> Addresses(DnsZone zone, string name, DnsType type) =>
        zone.Answers(name, type, new Random(1)).Select(r => r.Rdata).OfType<Rdata.Address>().Select(a => a.Value).Order();

    /// <summary>"… 203.0.113.54 fail", "… 203.0.113.55 mute".</summary>
    private static string? Failing(IReadOnlyList<string> words, IpAddress at)
    {
        for (int i = 0; i + 1 < words.Count; i++)
            if (words[i + 1] is "fail" or "mute" && IpAddress.TryParse(words[i], out var a) && a == at) return words[i + 1];
        return null;
    }
}
