using System.Globalization;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>The data of a redis server and the commands that are modelled.</summary>
internal sealed class RedisStore(IClock clock)
{
    private const string Ok = "+OK\r\n";
    private const string WrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n";
    private readonly Dictionary<string, string> _strings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimTime> _expiry = new(StringComparer.Ordinal);

    /// <summary>Executes a command; the reply in RESP.</summary>
    public string Execute(IReadOnlyList<string> words)
    {
        foreach (var (key, _) in _expiry.Where(e => e.Value <= clock.Now).ToList()) Remove(key);
        string command = words[0].ToUpperInvariant();
        return command switch
        {
            "PING" => words.Count > 1 ? Resp.Bulk(words[1]) : "+PONG\r\n",
            "ECHO" when words.Count == 2 => Resp.Bulk(words[1]),
            "COMMAND" or "CONFIG" => "*0\r\n",
            "QUIT" or "SELECT" or "CLIENT" or "AUTH" => Ok,
            "DBSIZE" => Integer(_strings.Count + _lists.Count),
            "FLUSHALL" or "FLUSHDB" => Flush(),
            "INFO" => Resp.Bulk("# Server\r\nredis_version:7.0.15\r\n"),
            "KEYS" when words.Count == 2 => Resp.Array(_strings.Keys.Concat(_lists.Keys).Where(k => ShellPattern.Fits(k, words[1])).Order(StringComparer.Ordinal)),
            _ when words.Count > 1 => OnKey(command, words) ?? Unknown(words),
            _ => Unknown(words),
        };
    }

    private string? OnKey(string command, IReadOnlyList<string> words)
    {
        string key = words[1];
        switch (command)
        {
            case "GET": return _lists.ContainsKey(key) ? WrongType : Resp.Bulk(_strings.GetValueOrDefault(key));
            case "SET" when words.Count >= 3: return Set(words);
            case "DEL" or "UNLINK": return Integer(words.Skip(1).Count(Remove));
            case "EXISTS": return Integer(words.Skip(1).Count(k => _strings.ContainsKey(k) || _lists.ContainsKey(k)));
            case "INCR": return Add(key, 1);
            case "DECR": return Add(key, -1);
            case "INCRBY" when words.Count == 3: return long.TryParse(words[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n) ? Add(key, n) : NotInteger;
            case "APPEND" when words.Count == 3: return Integer((_strings[key] = _strings.GetValueOrDefault(key) + words[2]).Length);
            case "STRLEN": return Integer((_strings.GetValueOrDefault(key) ?? "").Length);
            case "TYPE": return _strings.ContainsKey(key) ? "+string\r\n" : _lists.ContainsKey(key) ? "+list\r\n" : "+none\r\n";
            case "EXPIRE" when words.Count == 3: return Expire(key, words[2]);
            case "TTL": return Integer(_expiry.TryGetValue(key, out var at) ? (long)(at - clock.Now).TotalSeconds : _strings.ContainsKey(key) || _lists.ContainsKey(key) ? -1 : -2);
            case "LPUSH" or "RPUSH" when words.Count >= 3: return Push(key, words.Skip(2), command == "LPUSH");
            case "LLEN": return Integer(_lists.GetValueOrDefault(key)?.Count ?? 0);
            case "LRANGE" when words.Count == 4: return Range(key, words[2], words[3]);
            default: return null;
        }
    }

    private const string NotInteger = "-ERR value is not an integer or out of range\r\n";

    private static string Integer(long n) => $":{n}\r\n";

    private static string Unknown(IReadOnlyList<string> words) => Known.Contains(words[0].ToUpperInvariant()) ? $"-ERR wrong number of arguments for '{words[0].ToLowerInvariant()}' command\r\n"
        : $"-ERR unknown command '{words[0]}', with args beginning with: {string.Concat(words.Skip(1).Select(w => $"'{w}' "))}\r\n";

    private static readonly string[] Known = ["GET", "SET", "DEL", "EXISTS", "INCR", "DECR", "INCRBY", "APPEND", "STRLEN", "TYPE", "EXPIRE", "TTL", "LPUSH", "RPUSH", "LLEN", "LRANGE", "ECHO", "KEYS"];

    private string Flush()
    {
        _strings.Clear();
        _lists.Clear();
        _expiry.Clear();
        return Ok;
    }

    private bool Remove(string key)
    {
        _expiry.Remove(key);
        return _strings.Remove(key) | _lists.Remove(key);
    }

    private string Set(IReadOnlyList<string> words)
    {
        string key = words[1];
        var options = words.Skip(3).Select(w => w.ToUpperInvariant()).ToList();
        bool there = _strings.ContainsKey(key) || _lists.ContainsKey(key);
        if (options.Contains("NX") && there || options.Contains("XX") && !there) return Resp.Bulk(null);
        Remove(key);
        _strings[key] = words[2];
        int ex = options.IndexOf("EX");
        if (ex >= 0 && ex + 1 < options.Count) Expire(key, options[ex + 1]);
        return Ok;
    }

    private string Expire(string key, string seconds)
    {
        if (!long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long n) || n > 1_000_000_000) return NotInteger;
        if (!_strings.ContainsKey(key) && !_lists.ContainsKey(key)) return Integer(0);
        _expiry[key] = clock.Now + TimeSpan.FromSeconds(n);
        return Integer(1);
    }

    private string Add(string key, long by)
    {
        if (_lists.ContainsKey(key)) return WrongType;
        if (!long.TryParse(_strings.GetValueOrDefault(key, "0"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n)) return NotInteger;
        _strings[key] = unchecked(n + by).ToString(CultureInfo.InvariantCulture);
        return Integer(unchecked(n + by));
    }

    private string Push(string key, IEnumerable<string> values, bool left)
    {
        if (_strings.ContainsKey(key)) return WrongType;
        if (!_lists.TryGetValue(key, out var list)) _lists[key] = list = [];
        foreach (string v in values)
            if (left) list.Insert(0, v);
            else list.Add(v);
        return Integer(list.Count);
    }

    private string Range(string key, string from, string to)
    {
        if (!_lists.TryGetValue(key, out var list)) return Resp.Array([]);
        if (!int.TryParse(from, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int a) || !int.TryParse(to, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int b)) return NotInteger;
        a = Math.Max(0, a < 0 ? a + list.Count : a);
        b = Math.Min(list.Count - 1, b < 0 ? b + list.Count : b);
        return Resp.Array(a > b ? [] : list.GetRange(a, b - a + 1));
    }
}
