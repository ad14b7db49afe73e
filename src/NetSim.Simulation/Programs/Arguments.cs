using System.Globalization;

namespace NetSim.Simulation.Programs;

/// <summary>Options in the manner of getopt: "-c 2", "-c2", "-sS", "--max-time 5", "--max-time=5".</summary>
internal sealed class Arguments
{
    private readonly List<(string Option, string Value)> _options = [];

    /// <summary>Splits a command line.</summary>
    /// <param name="argv">Program and arguments.</param>
    /// <param name="withValue">Options that take a value, without dashes: "c", "max-time".</param>
    /// <param name="stopAtOperand">Does the first operand end the options?</param>
    public Arguments(IReadOnlyList<string> argv, IReadOnlyCollection<string> withValue, bool stopAtOperand = false)
    {
        var operands = new List<string>();
        for (int i = 1; i < argv.Count; i++)
        {
            string word = argv[i];
            if (word == "--" || stopAtOperand && (word.Length < 2 || word[0] != '-'))
            {
                operands.AddRange(argv.Skip(word == "--" ? i + 1 : i));
                break;
            }
            if (word.Length < 2 || word[0] != '-') operands.Add(word);
            else if (word.StartsWith("--", StringComparison.Ordinal)) i = Long(argv, i, withValue);
            else i = Short(argv, i, withValue);
        }
        Operands = operands;
    }

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Operands { get; }

    /// <summary>All options in order, without dashes.</summary>
    public IEnumerable<string> Options => _options.Select(o => o.Option);

    /// <summary>Is one of these options there?</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (string n in names)
            if (_options.Exists(o => o.Option == n)) return true;
        return false;
    }

    /// <summary>The last value of one of these options, or null.</summary>
    public string? Value(params string[] names) => _options.FindLast(o => names.Contains(o.Option)) is { Option: not null } o ? o.Value : null;

    /// <summary>All values of one of these options.</summary>
    public IEnumerable<string> Values(params string[] names) => _options.Where(o => names.Contains(o.Option)).Select(o => o.Value);

    /// <summary>The value as a number, or the default.</summary>
    public double Number(double otherwise, params string[] names) =>
        double.TryParse(Value(names), NumberStyles.Float, CultureInfo.InvariantCulture, out double n) ? n : otherwise;

    private int Long(IReadOnlyList<string> argv, int i, IReadOnlyCollection<string> withValue)
    {
        string word = argv[i][2..];
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0) _options.Add((word[..equals], word[(equals + 1)..]));
        else if (withValue.Contains(word) && i + 1 < argv.Count) _options.Add((word, argv[++i]));
        else _options.Add((word, ""));
        return i;
    }

    private int Short(IReadOnlyList<string> argv, int i, IReadOnlyCollection<string> withValue)
    {
        string word = argv[i];
        for (int n = 1; n < word.Length; n++)
        {
            string letter = word[n].ToString();
            if (!withValue.Contains(letter))
            {
                _options.Add((letter, ""));
                continue;
            }
            if (n + 1 < word.Length) _options.Add((letter, word[(n + 1)..]));
            else if (i + 1 < argv.Count) _options.Add((letter, argv[++i]));
            else _options.Add((letter, ""));
            break;
        }
        return i;
    }
}
