using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Resolving;

/// <summary>Name resolution as glibc does it with `hosts: files dns`: getaddrinfo, gethostbyname2 and getnameinfo.
/// Source: glibc 2.36 sysdeps/posix/getaddrinfo.c, resolv/res_query.c.</summary>
internal sealed class GlibcResolver
{
    private readonly ProcessContext _process;
    private readonly ResolvConf _conf;
    private readonly HostsTable _hosts;
    private readonly DnsClient _client;

    /// <summary>Reads the files as they are now.</summary>
    public GlibcResolver(ProcessContext process)
    {
        _process = process;
        _conf = ResolvConf.Read(process.Files.Read("/etc/resolv.conf"), process.Spec.Hostname);
        _hosts = new(process.Files.Read("/etc/hosts"));
        _client = new(process, _conf);
    }

    /// <summary>getaddrinfo: an address as it is, else /etc/hosts, else DNS, A and AAAA together. Sorted by RFC 6724.</summary>
    /// <param name="name">Name or address.</param>
    /// <param name="family">What is wanted.</param>
    /// <param name="asksForA">Does the program ask for A too, in vain, where it wants IPv6 alone? (Recorded: ping -6 and curl -6 do, nc -6, getent ahostsv6 and redis-cli don't.)</param>
    /// <param name="configuredOnly">AI_ADDRCONFIG: IPv6 is only asked for when an interface besides lo has a global IPv6 address, IPv4 likewise.</param>
    public async Task<ResolvedHost> Addresses(string name, Family family = Family.Both, bool configuredOnly = false, bool asksForA = false)
    {
        if (IpAddress.TryParse(name, out var literal))
            return family == Family.Both || literal.IsV6 == (family == Family.V6) ? new([literal], [name], ResolveError.None) : ResolvedHost.Failed(ResolveError.NoName);
        if (configuredOnly && family == Family.Both) family = Configured();
        var lines = _hosts.Find(name).Where(l => Wanted(l.Address, family)).ToList();
        if (lines.Count > 0) return new(AddressOrder.Sort(lines.Select(l => l.Address).Distinct(), _process.Network), lines[0].Names, ResolveError.None);
        var found = await Search(name, Types(family), preceded: asksForA && family == Family.V6);
        return found with { Addresses = AddressOrder.Sort(found.Addresses, _process.Network) };
    }

    /// <summary>gethostbyname2: one family, unsorted.</summary>
    public async Task<ResolvedHost> ByName(string name, Family family)
    {
        if (IpAddress.TryParse(name, out var literal)) return literal.IsV6 == (family == Family.V6) ? new([literal], [name], ResolveError.None) : ResolvedHost.Failed(ResolveError.NoName);
        var lines = _hosts.Find(name).Where(l => Wanted(l.Address, family)).ToList();
        return lines.Count > 0 ? new(lines.Select(l => l.Address).ToList(), lines[0].Names, ResolveError.None) : await Search(name, Types(family));
    }

    /// <summary>getnameinfo: the names of an address, from /etc/hosts or DNS; null when it has none.</summary>
    public async Task<IReadOnlyList<string>?> Reverse(IpAddress address)
    {
        if (_hosts.Reverse(address) is { } names) return names;
        var answer = (await _client.Ask(ReverseName.Of(address), DnsType.Ptr))[0];
        return answer?.Answers.Select(r => r.Rdata).OfType<Rdata.Target>().LastOrDefault() is { } target ? [target.Name] : null;
    }

    private static bool Wanted(IpAddress address, Family family) => family == Family.Both || address.IsV6 == (family == Family.V6);

    private static DnsType[] Types(Family family) => family switch
    {
        Family.V4 => [DnsType.A],
        Family.V6 => [DnsType.Aaaa],
        _ => [DnsType.A, DnsType.Aaaa],
    };

    private Family Configured()
    {
        var addresses = _process.Inspect().Interfaces.SelectMany(i => i.Addresses).Select(a => a.Address).Where(a => !a.IsLoopback).ToList();
        bool v4 = addresses.Exists(a => a.IsV4), v6 = addresses.Exists(a => a.IsV6);
        return v4 == v6 ? Family.Both : v4 ? Family.V4 : Family.V6;
    }

    /// <summary>The names to ask for, in order: as it is first when it has enough dots, else after the search list.</summary>
    private async Task<ResolvedHost> Search(string name, DnsType[] types, bool preceded = false)
    {
        bool absolute = name.EndsWith('.');
        int dots = name.TrimEnd('.').Count(c => c == '.');
        var tries = new List<string>();
        if (absolute || dots >= _conf.Ndots) tries.Add(name.TrimEnd('.'));
        if (!absolute) tries.AddRange(_conf.Search.Select(d => $"{name}.{d}"));
        if (!tries.Contains(name.TrimEnd('.'))) tries.Add(name);
        var error = ResolveError.NoName;
        foreach (string t in tries)
        {
            var found = await Query(t, types, preceded);
            if (found.Error == ResolveError.None) return found;
            if (found.Error == ResolveError.Again) return found;
            if (found.Error == ResolveError.NoData) error = ResolveError.NoData;
        }
        return ResolvedHost.Failed(error);
    }

    private async Task<ResolvedHost> Query(string name, DnsType[] types, bool preceded)
    {
        try
        {
            _ = DnsMessage.Query(0, name, types[0]).ToBytes();
        }
        catch (FormatException)
        {
            return ResolvedHost.Failed(ResolveError.NoName);
        }
        var answers = preceded ? (await _client.Ask(name, inTurn: true, [DnsType.A, .. types]))[1..] : await _client.Ask(name, types);
        if (answers.All(a => a is null)) return ResolvedHost.Failed(ResolveError.Again);
        var records = answers.OfType<DnsMessage>().SelectMany(a => a.Answers).ToList();
        var addresses = records.Select(r => r.Rdata).OfType<Rdata.Address>().Select(a => a.Value).Where(a => types.Contains(a.IsV6 ? DnsType.Aaaa : DnsType.A)).ToList();
        string canonical = records.FirstOrDefault(r => r.Rdata is Rdata.Address)?.Name ?? name;
        if (addresses.Count > 0) return new(addresses, canonical == name ? [name] : [canonical, name], ResolveError.None);
        return ResolvedHost.Failed(answers.OfType<DnsMessage>().Any(a => a.ResponseCode == DnsResponseCode.NoError) ? ResolveError.NoData : ResolveError.NoName);
    }
}
