using NetSim.Model.Addressing;

namespace NetSim.Model.Naming;

/// <summary>What the container DNS resolver does with a question.</summary>
public enum ResolverOutcome
{
    /// <summary>Answers with records of its own.</summary>
    Answer,
    /// <summary>Knows the name but has no record of that type: NOERROR, empty.</summary>
    Empty,
    /// <summary>Asks the upstream servers.</summary>
    Forward,
}

/// <summary>The decision of the container DNS resolver, with the network that made it (null when none knew the name).
/// Source: moby v28.5.2 libnetwork/resolver.go, sandbox.go ResolveName.</summary>
public sealed record ResolverDecision(ResolverOutcome Outcome, IReadOnlyList<IpAddress> Addresses, string? PointerName, string? Network)
{
    private static readonly ResolverDecision Forwarded = new(ResolverOutcome.Forward, [], null, null);

    /// <summary>Decides an A (1), AAAA (28), PTR (12) or MX (15) question; other types are forwarded.</summary>
    /// <param name="names">All published names.</param>
    /// <param name="resolver">Who asks.</param>
    /// <param name="name">The name asked for, without the trailing dot.</param>
    /// <param name="type">The record type's number.</param>
    public static ResolverDecision Decide(NameTable names, ResolverSpec resolver, string name, int type)
    {
        if (type == 12) return Pointer(names, resolver, name);
        if (type is not (1 or 28 or 15)) return Forwarded;
        var found = Resolve(names, resolver, name, out string? network);
        if (found is null)
            return resolver.NdotsSet && type != 15 && !name.Contains('.') ? new(ResolverOutcome.Empty, [], null, null) : Forwarded;
        var wanted = type == 15 ? [] : found.Where(a => a.IsV6 == (type == 28)).ToList();
        return new(wanted.Count > 0 ? ResolverOutcome.Answer : ResolverOutcome.Empty, wanted, null, network);
    }

    /// <summary>The whole name on every network, then "a.b" on network "c", then "a" on network "b.c".</summary>
    private static IReadOnlyList<IpAddress>? Resolve(NameTable names, ResolverSpec resolver, string name, out string? network)
    {
        for (int dot = name.Length; dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            string head = name[..dot], tail = dot < name.Length ? name[(dot + 1)..] : "";
            foreach (string n in resolver.Networks)
            {
                if (tail.Length > 0 && !string.Equals(n, tail, StringComparison.OrdinalIgnoreCase)) continue;
                var addresses = OnNetwork(names, resolver, n, head);
                if (addresses.Count == 0) continue;
                network = n;
                return addresses;
            }
        }
        network = null;
        return null;
    }

    private static IReadOnlyList<IpAddress> OnNetwork(NameTable names, ResolverSpec resolver, string network, string name)
    {
        var link = resolver.Links.FirstOrDefault(l => l.Network == network && string.Equals(l.Alias, name, StringComparison.OrdinalIgnoreCase));
        return names.Addresses(network, link?.Target ?? name);
    }

    private static ResolverDecision Pointer(NameTable names, ResolverSpec resolver, string name)
    {
        if (!ReverseName.TryParse(name, out var address)) return Forwarded;
        foreach (string n in resolver.Networks)
            if (names.Reverse(n, address) is { } pointer) return new(ResolverOutcome.Answer, [], pointer, n);
        return Forwarded;
    }
}
