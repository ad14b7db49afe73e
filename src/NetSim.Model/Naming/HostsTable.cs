using NetSim.Model.Addressing;

namespace NetSim.Model.Naming;

/// <summary>/etc/hosts (hosts(5)).</summary>
public sealed class HostsTable
{
    private readonly List<(IpAddress Address, IReadOnlyList<string> Names)> _lines = [];
    private readonly Dictionary<string, List<(IpAddress Address, IReadOnlyList<string> Names)>> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the file; null is an empty one.</summary>
    public HostsTable(string? text)
    {
        foreach (string line in (text ?? "").Split('\n'))
        {
            var words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && IpAddress.TryParse(words[0], out var address)) Add((address, words[1..]));
        }
    }

    /// <summary>The lines of a name: address, and canonical name followed by the others. Case does not matter.</summary>
    public IReadOnlyList<(IpAddress Address, IReadOnlyList<string> Names)> Find(string name) => _byName.TryGetValue(name.TrimEnd('.'), out var lines) ? lines : [];

    /// <summary>The names of an address; null when it has none.</summary>
    public IReadOnlyList<string>? Reverse(IpAddress address) => _lines.FirstOrDefault(l => l.Address == address).Names;

    private void Add((IpAddress Address, IReadOnlyList<string> Names) line)
    {
        _lines.Add(line);
        foreach (string name in line.Names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!_byName.TryGetValue(name, out var lines)) _byName.Add(name, lines = []);
            lines.Add(line);
        }
    }
}
