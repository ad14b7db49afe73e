using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Model.Naming;

/// <summary>/etc/resolv.conf as glibc reads it (resolv.conf(5)).</summary>
public sealed record ResolvConf
{
    private const int MaxServers = 3;

    /// <summary>Servers in order; 127.0.0.1 when none is named.</summary>
    public IReadOnlyList<IpAddress> Servers { get; init; } = [];

    /// <summary>Domains to append.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>A name with fewer dots is first tried with the search list.</summary>
    public int Ndots { get; init; } = 1;

    /// <summary>Seconds to wait for a server.</summary>
    public int Timeout { get; init; } = 5;

    /// <summary>Rounds over all servers.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Is the second question sent only after the first answer?</summary>
    public bool SingleRequest { get; init; }

    /// <summary>Does it ask over TCP?</summary>
    public bool UseTcp { get; init; }

    /// <summary>Reads the file. Without a search list, the domain of the host's name is one.</summary>
    public static ResolvConf Read(string? text, string hostname)
    {
        var servers = new List<IpAddress>();
        int dot = hostname.IndexOf('.', StringComparison.Ordinal);
        var conf = new ResolvConf { Search = dot >= 0 && dot + 1 < hostname.Length ? [hostname[(dot + 1)..]] : [] };
        foreach (string line in (text ?? "").Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2) continue;
            switch (words[0])
            {
                case "nameserver" when servers.Count < MaxServers && IpAddress.TryParse(words[1].Split('%')[0], out var server): servers.Add(server); break;
                case "search": conf = conf with { Search = words[1..].Where(w => w != ".").Select(w => w.TrimEnd('.')).ToList() }; break;
                case "domain": conf = conf with { Search = [words[1].TrimEnd('.')] }; break;
                case "options": foreach (string w in words[1..]) conf = conf.With(w); break;
            }
        }
        return conf with { Servers = servers.Count > 0 ? servers : [IpAddress.LoopbackV4] };
    }

    private ResolvConf With(string option)
    {
        int colon = option.IndexOf(':', StringComparison.Ordinal);
        int n = colon > 0 && int.TryParse(option.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        return (colon > 0 ? option[..colon] : option) switch
        {
            "ndots" => this with { Ndots = Math.Min(n, 15) },
            "timeout" => this with { Timeout = Math.Clamp(n, 1, 30) },
            "attempts" => this with { Attempts = Math.Clamp(n, 1, 5) },
            "single-request" or "single-request-reopen" => this with { SingleRequest = true },
            "use-vc" => this with { UseTcp = true },
            _ => this,
        };
    }
}
