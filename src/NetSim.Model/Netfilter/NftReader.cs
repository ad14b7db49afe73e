namespace NetSim.Model.Netfilter;

/// <summary>Reads what `nft list ruleset` prints, line by line.</summary>
internal sealed class NftReader
{
    private readonly Ruleset _v4 = new();
    private readonly Ruleset _v6 = new();
    private string? _table;
    private string? _block;
    private string _name = "";
    private bool _foreign;
    private bool _elements;

    /// <summary>Both families.</summary>
    public (Ruleset V4, Ruleset V6) Read(string text)
    {
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            try
            {
                if (line.StartsWith("# Warning: table ", StringComparison.Ordinal)) _foreign = line.Contains("iptables-nft", StringComparison.Ordinal);
                if (line.Length > 0 && line[0] != '#') Take(line);
            }
            catch (FormatException e)
            {
                throw new FormatException($"line {number}: {e.Message}", e);
            }
        }
        return (_v4, _v6);
    }

    private void Take(string line)
    {
        if (_table is null)
        {
            if (line.Split(' ') is not ["table", var family, var name, "{"]) throw new FormatException($"\"{line}\" does not begin a table such as table ip filter {{");
            (_table, _foreign) = ($"{family} {name}", _foreign || family is not ("ip" or "ip6" or "inet"));
            if (!_foreign) Each(r => r.Table(_table));
        }
        else if (_block is null && line == "}") (_table, _foreign) = (null, false);
        else if (_block is null) Open(line);
        else if (line == "}") _block = null;
        else if (_foreign) return;
        else if (_block == "chain") TakeRule(line);
        else if (_block == "map") TakeMap(line);
    }

    private void Open(string line)
    {
        if (line.Split(' ') is not [var kind, var name, "{"])
        {
            if (line.EndsWith('{')) _block = "other";
            return;
        }
        (_block, _name, _elements) = (kind, name, false);
        if (_foreign) return;
        if (kind == "chain") Each(r => r.Table(_table!).Make(name, null));
        if (kind == "map") Each(r => r.Table(_table!).Map(name, null, null));
    }

    private void TakeRule(string line)
    {
        if (NftText.TryPlace(line, out var place, out string policy)) Each(r =>
        {
            var chain = r.Table(_table!).Chain(_name)!;
            (chain.Place, chain.Policy) = (place, policy);
        });
        else if (!line.StartsWith("policy ", StringComparison.Ordinal)) Each(r => r.Add(_table!, _name, null, NftRuleText.Parse(line)));
    }

    private void TakeMap(string line)
    {
        if (line.StartsWith("elements = {", StringComparison.Ordinal)) (_elements, line) = (true, line["elements = {".Length..]);
        if (!_elements) return;
        foreach (string element in line.TrimEnd('}', ' ').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (element.Split(" : jump ") is [var key, var chain]) Each(r => r.Table(_table!).Map(_name, key.Trim('"'), chain.Trim()));
        if (line.EndsWith('}')) _elements = false;
    }

    private void Each(Action<Ruleset> act)
    {
        if (_table!.StartsWith("ip ", StringComparison.Ordinal) || _table.StartsWith("inet ", StringComparison.Ordinal)) act(_v4);
        if (!_table.StartsWith("ip ", StringComparison.Ordinal)) act(_v6);
    }
}
