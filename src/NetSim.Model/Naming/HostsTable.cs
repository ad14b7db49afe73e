using NetSim.Model.Addressing;

namespace NetSim.Model.Naming;

/// <summary>/etc/hosts (hosts(5)).</summary>
public sealed class HostsTable
{
    private readonly List<(IpAddress Address, IReadOnlyList<string> Names)> _lines = [];

    /// <summary>Reads the file; null is an empty one.</summary>
    public HostsTable(string? text)
    {
        foreach (string line in (text ?? "").Split('\n'))
        {
            var words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && IpAddress.TryParse(words[0], out var address)) _lines.Add((address, words[1..]));
        }
    }

    /// <summary>The lines of a name: address, and canonical name followed by the others. Case does not matter.</summary>
    public IReadOnlyList<(IpAddress Address, IReadOnlyList<string> Names)> Find(string name) =>
        _lines.Where(l => l.Names.Contains(name.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)).ToList();

    /// <summary>The names of an address; null when it has none.</summary>
    public IReadOnlyList<string>? Reverse(IpAddress address) => _lines.FirstOrDefault(l => l.Address == address).Names;
}
