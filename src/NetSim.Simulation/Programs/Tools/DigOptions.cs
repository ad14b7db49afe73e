using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>One look-up of dig's command line, with the options that hold for it.</summary>
internal sealed record DigLookup(string Name, DnsType Type);

/// <summary>dig's command line (dig(1) of BIND 9.18).</summary>
internal sealed class DigOptions
{
    private static readonly string[] Sections = ["comments", "question", "answer", "authority", "additional", "stats", "cmd"];
    private static readonly string[] OnByDefault = [.. Sections, "recurse", "adflag", "edns", "cookie", "ttlid", "class"];
    private readonly Dictionary<string, bool> _flags = OnByDefault.ToDictionary(f => f, _ => true, StringComparer.Ordinal);

    /// <summary>What to look up.</summary>
    public List<DigLookup> Lookups { get; } = [];

    /// <summary>"@" server, or null.</summary>
    public string? Server { get; private set; }

    /// <summary>Port of the server.</summary>
    public Port Port { get; private set; } = new(53);

    /// <summary>+time, seconds.</summary>
    public int Time { get; private set; } = 5;

    /// <summary>+tries.</summary>
    public int Tries { get; private set; } = 3;

    /// <summary>+ndots, or null.</summary>
    public int? Ndots { get; private set; }

    /// <summary>+bufsize, or null.</summary>
    public ushort? BufferSize { get; private set; }

    /// <summary>-b: own address, or null.</summary>
    public IpAddress? Source { get; private set; }

    /// <summary>-4 or -6.</summary>
    public bool? V6Only { get; private set; }

    /// <summary>What is wrong with the command line, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Is a +option on?</summary>
    public bool On(string flag) => _flags.GetValueOrDefault(flag);

    /// <summary>Reads a command line.</summary>
    public static DigOptions Read(IReadOnlyList<string> argv)
    {
        var o = new DigOptions();
        string? name = null;
        DnsType? type = null;
        for (int i = 1; i < argv.Count; i++)
        {
            string w = argv[i];
            string? value = i + 1 < argv.Count ? argv[i + 1] : null;
            if (w.StartsWith('@')) o.Server = w[1..];
            else if (w.StartsWith('+')) o.Plus(w[1..]);
            else if (w is "-4" or "-6") o.V6Only = w == "-6";
            else if (w is "-x" or "-t" or "-q" or "-p" or "-c" or "-b" or "-f" && value is not null)
            {
                i++;
                if (w == "-x") o.Reverse(value!);
                else if (w == "-q") o.Next(ref name, ref type, value!);
                else if (w == "-p" && ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)) o.Port = new(port);
                else if (w == "-t") o.Type(value!, ref type);
                else if (w == "-b" && IpAddress.TryParse(value!.Split('#')[0], out var own)) o.Source = own;
            }
            else if (DnsWords.TryParse(w, out var t)) type = t; // a word that is a type is one, even alone: dig srv
            else if (w is "IN" or "in" or "CH" or "ch" or "HS" or "hs") continue;
            else o.Next(ref name, ref type, w);
        }
        if (name is not null) o.Lookups.Add(new(name, type ?? DnsType.A));
        if (o.Lookups.Count == 0) o.Lookups.Add(new("", DnsType.Ns));
        return o;
    }

    private void Next(ref string? name, ref DnsType? type, string word)
    {
        if (name is not null)
        {
            Lookups.Add(new(name, type ?? DnsType.A));
            type = null;
        }
        name = word;
    }

    private void Type(string word, ref DnsType? type)
    {
        if (DnsWords.TryParse(word, out var t)) type = t;
        else Problem = $";; Warning, ignoring invalid type {word}";
    }

    private void Reverse(string text)
    {
        if (IpAddress.TryParse(text, out var address)) Lookups.Add(new(ReverseName.Of(address), DnsType.Ptr));
        else Problem = $"Invalid IP address {text}";
    }

    private void Plus(string option)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        string word = equals < 0 ? option : option[..equals];
        int number = equals > 0 && int.TryParse(option.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0;
        bool on = !word.StartsWith("no", StringComparison.Ordinal);
        if (!on) word = word[2..];
        switch (word)
        {
            case "time" or "timeout": Time = Math.Max(1, number); break;
            case "tries": Tries = Math.Max(1, number); break;
            case "ndots": Ndots = number; break;
            case "bufsize": BufferSize = (ushort)Math.Clamp(number, 0, 65535); _flags["edns"] = true; break;
            case "domain": _flags["search"] = on; break;
            case "retry": Tries = number + 1; break;
            case "all": foreach (string s in Sections.Where(s => s != "cmd" || !on)) _flags[s] = on; break;
            case "rec" or "recursive" or "rdflag": _flags["recurse"] = on; break;
            case "vc": _flags["tcp"] = on; break;
            case "do": _flags["dnssec"] = on; break;
            default: _flags[word] = on; break;
        }
    }
}
