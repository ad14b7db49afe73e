using NetSim.Model.Addressing;

namespace NetSim.Model.Netfilter;

/// <summary>Where the kernel asks a base chain of one of nft's tables ("type filter hook forward priority filter").</summary>
/// <param name="Type">"filter", "nat", "route".</param>
/// <param name="Hook">At which hook.</param>
/// <param name="Priority">The lower, the earlier; -300 is raw, -100 dstnat, 0 filter, 100 srcnat.</param>
public sealed record ChainPlace(string Type, Hook Hook, int Priority);

/// <summary>A chain of a table. A built-in chain has a policy ("ACCEPT", "DROP"); one of the user's has none.</summary>
public sealed class Chain(string name, string? policy)
{
    /// <summary>"FORWARD", "DOCKER".</summary>
    public string Name { get; } = name;

    /// <summary>What happens at the end of a built-in chain; null for one of the user's.</summary>
    public string? Policy { get; set; } = policy;

    /// <summary>Where a base chain of one of nft's tables is asked; null for all others.</summary>
    public ChainPlace? Place { get; set; }

    /// <summary>The rules in order; numbers in messages count from 1.</summary>
    public List<Rule> Rules { get; } = [];

    /// <summary>Counts changes of this chain through its <see cref="Ruleset"/>, so that only what changed is compiled again.</summary>
    internal int Version { get; set; }
}

/// <summary>A table: raw, mangle, nat, filter. Built-in chains come first, in the kernel's order; others by name, as iptables-save shows them.
/// A table of nft's own has its family before its name ("ip docker-bridges") and its chains in the order in which they were made.</summary>
public sealed class Table(string name)
{
    private readonly List<Chain> _chains = [];
    private readonly List<string> _mapNames = [];
    private readonly Dictionary<string, Dictionary<string, string>> _maps = new(StringComparer.Ordinal);

    /// <summary>"filter".</summary>
    public string Name { get; } = name;

    /// <summary>Is it one of nft's, not of iptables?</summary>
    public bool IsNft { get; } = name.Contains(' ');

    /// <summary>The verdict maps of nft, in the order in which they were made.</summary>
    public IReadOnlyList<string> Maps => _mapNames;

    /// <summary>The elements of a map: by an interface's name the chain to jump to. Empty when there is no such map.</summary>
    public IReadOnlyDictionary<string, string> Elements(string map) => _maps.TryGetValue(map, out var elements) ? elements : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Makes a map (null key), or gives it an element, or takes one out (null chain).</summary>
    public void Map(string map, string? key, string? chain)
    {
        if (!_maps.TryGetValue(map, out var elements))
        {
            _maps[map] = elements = new(StringComparer.Ordinal);
            _mapNames.Add(map);
        }
        if (key is null) return;
        if (chain is null) elements.Remove(key);
        else elements[key] = chain;
    }

    /// <summary>The chains as iptables-save lists them.</summary>
    public IReadOnlyList<Chain> Chains => _chains;

    /// <summary>The chain of a name, or null.</summary>
    public Chain? Chain(string name) => _chains.Find(c => c.Name == name);

    /// <summary>Adds a chain at its place; one that is there already stays as it is.</summary>
    public Chain Make(string name, string? policy)
    {
        if (Chain(name) is { } there) return there;
        var chain = new Chain(name, policy);
        int at = IsNft ? -1 : policy is not null ? _chains.FindIndex(c => c.Policy is null)
            : _chains.FindIndex(c => c.Policy is null && string.CompareOrdinal(c.Name, name) > 0);
        _chains.Insert(at < 0 ? _chains.Count : at, chain);
        return chain;
    }

    /// <summary>Removes a chain of the user's.</summary>
    public void Remove(string name) => _chains.RemoveAll(c => c.Name == name && c.Policy is null);
}

/// <summary>All tables of one family in one namespace. A table exists from its first use, with the built-in chains of the kernel.</summary>
public sealed class Ruleset
{
    private static readonly Dictionary<string, string[]> BuiltIn = new(StringComparer.Ordinal)
    {
        ["raw"] = ["PREROUTING", "OUTPUT"],
        ["mangle"] = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
        ["nat"] = ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
        ["filter"] = ["INPUT", "FORWARD", "OUTPUT"],
        ["security"] = ["INPUT", "FORWARD", "OUTPUT"],
    };

    private static readonly string[] Order = ["raw", "mangle", "nat", "filter", "security"];
    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private readonly List<Table> _nft = [];
    private readonly SortedDictionary<string, IReadOnlyList<Subnet>> _sets = new(StringComparer.Ordinal);

    /// <summary>Tables of iptables that are in use, in the order raw, mangle, nat, filter, security.</summary>
    public IEnumerable<Table> Tables => Order.Where(_tables.ContainsKey).Select(t => _tables[t]);

    /// <summary>nft's own tables ("ip docker-bridges"), in the order in which they were made.</summary>
    public IEnumerable<Table> NftTables => _nft;

    /// <summary>Is there no table at all?</summary>
    public bool IsEmpty => _tables.Count == 0;

    /// <summary>Counts changes, so that a compiled form knows when it is stale.</summary>
    public int Version { get; private set; }

    /// <summary>The table, made with its built-in chains (policy ACCEPT) when it is not there; one of nft's (its name has a blank) without chains.</summary>
    /// <exception cref="ArgumentException">There is no such table in Linux.</exception>
    public Table Table(string name)
    {
        if (_tables.TryGetValue(name, out var t)) return t;
        bool nft = name.Contains(' ');
        if (!BuiltIn.TryGetValue(name, out string[]? chains) && !nft) throw new ArgumentException($"there is no table \"{name}\"", nameof(name));
        t = _tables[name] = new Table(name);
        if (nft) _nft.Add(t);
        foreach (string c in chains ?? []) t.Make(c, "ACCEPT");
        Version++;
        return t;
    }

    /// <summary>The table when it is in use, else null.</summary>
    public Table? Find(string name) => _tables.GetValueOrDefault(name);

    /// <summary>Adds a rule: at the end, or so that it has number <paramref name="position"/> (from 1).</summary>
    public void Add(string table, string chain, int? position, Rule rule)
    {
        var there = Table(table).Make(chain, null);
        there.Rules.Insert(position is { } p ? Math.Min(p - 1, there.Rules.Count) : there.Rules.Count, rule);
        there.Version++;
        Version++;
    }

    /// <summary>Removes the first rule of the same text.</summary>
    /// <returns>Was there one?</returns>
    public bool Remove(string table, string chain, Rule rule)
    {
        var there = Find(table)?.Chain(chain);
        string text = rule.ToString();
        int at = there?.Rules.FindIndex(r => ReferenceEquals(r, rule) || r.ToString() == text) ?? -1;
        if (at >= 0) there!.Rules.RemoveAt(at);
        if (at >= 0) there!.Version++;
        Version++;
        return at >= 0;
    }

    /// <summary>The ipsets that rules ask, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Subnet>> Sets => _sets;

    /// <summary>Counts changes of the ipsets.</summary>
    internal int SetsVersion { get; private set; }

    /// <summary>Makes an ipset, or gives it other members.</summary>
    public void Set(string name, IReadOnlyList<Subnet> members)
    {
        _sets[name] = members;
        SetsVersion++;
        Version++;
    }

    /// <summary>Notes a change made directly to a chain (its policy, a chain added or removed).</summary>
    public void Touch() => Version++;
}
