using System.Globalization;
using System.Text;
using NetSim.Model.Tracing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Programs.Protocols;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>The data of a redis server (7.0) and the commands that are modelled. This file: the server's own commands and strings.</summary>
internal sealed partial class RedisStore(IClock clock)
{
    private const string Ok = "+OK\r\n";
    private const string WrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n";
    private const string NotInteger = "-ERR value is not an integer or out of range\r\n";

    /// <summary>Commands with the least number of words, the command itself included; what is no command is told from what has too few words.</summary>
    private static readonly Dictionary<string, int> Least = new(StringComparer.Ordinal)
    {
        ["GET"] = 2,
        ["SET"] = 3,
        ["SETNX"] = 3,
        ["SETEX"] = 4,
        ["GETSET"] = 3,
        ["GETDEL"] = 2,
        ["DEL"] = 2,
        ["UNLINK"] = 2,
        ["EXISTS"] = 2,
        ["INCR"] = 2,
        ["DECR"] = 2,
        ["INCRBY"] = 3,
        ["DECRBY"] = 3,
        ["APPEND"] = 3,
        ["STRLEN"] = 2,
        ["TYPE"] = 2,
        ["EXPIRE"] = 3,
        ["TTL"] = 2,
        ["PTTL"] = 2,
        ["PERSIST"] = 2,
        ["RENAME"] = 3,
        ["MSET"] = 3,
        ["MGET"] = 2,
        ["ECHO"] = 2,
        ["KEYS"] = 2,
        ["LPUSH"] = 3,
        ["RPUSH"] = 3,
        ["LPOP"] = 2,
        ["RPOP"] = 2,
        ["LLEN"] = 2,
        ["LRANGE"] = 4,
        ["LINDEX"] = 3,
        ["HSET"] = 4,
        ["HGET"] = 3,
        ["HGETALL"] = 2,
        ["HDEL"] = 3,
        ["HLEN"] = 2,
        ["HKEYS"] = 2,
        ["HVALS"] = 2,
        ["HEXISTS"] = 3,
        ["HINCRBY"] = 4,
        ["HMGET"] = 3,
        ["SADD"] = 3,
        ["SREM"] = 3,
        ["SMEMBERS"] = 2,
        ["SCARD"] = 2,
        ["SISMEMBER"] = 3,
        ["PUBLISH"] = 3,
        ["SELECT"] = 2,
        ["AUTH"] = 2,
    };

    private readonly SortedDictionary<int, Dictionary<string, object>> _databases = [];
    private readonly Dictionary<(int, string), SimTime> _expiry = [];
    private Dictionary<string, object> _keys = new(StringComparer.Ordinal);
    private int _database;

    /// <summary>Executes a command in a connection's database; the reply in RESP.</summary>
    public string Execute(IReadOnlyList<string> words, ref int database)
    {
        Enter(database);
        string command = words[0].ToUpperInvariant();
        if (Least.TryGetValue(command, out int least) && words.Count < least) return $"-ERR wrong number of arguments for '{words[0].ToLowerInvariant()}' command\r\n";
        if (command == "SELECT")
        {
            if (!int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int n) || n > 15) return "-ERR DB index is out of range\r\n";
            database = n;
            return Ok;
        }
        return General(command, words) ?? (words.Count > 1 ? Strings(command, words) ?? Lists(command, words) ?? Hashes(command, words) ?? Sets(command, words) : null) ??
            $"-ERR unknown command '{words[0]}', with args beginning with: {string.Concat(words.Skip(1).Select(w => $"'{w}' "))}\r\n";
    }

    private void Enter(int database)
    {
        foreach (var ((db, key), _) in _expiry.Where(e => e.Value <= clock.Now).ToList())
        {
            _expiry.Remove((db, key));
            _databases[db].Remove(key);
        }
        _database = database;
        if (!_databases.TryGetValue(database, out _keys!)) _databases[database] = _keys = new(StringComparer.Ordinal);
    }

    private string? General(string command, IReadOnlyList<string> words)
    {
        switch (command)
        {
            case "PING": return words.Count > 1 ? Resp.Bulk(words[1]) : "+PONG\r\n";
            case "ECHO": return Resp.Bulk(words[1]);
            case "COMMAND": return "*0\r\n";
            case "CONFIG" when words.Count == 3 && words[1].Equals("GET", StringComparison.OrdinalIgnoreCase): return Resp.Array(words[2] == "maxmemory" ? ["maxmemory", "0"] : []);
            case "QUIT" or "CLIENT" or "CONFIG" or "SAVE": return Ok;
            case "AUTH": return "-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?\r\n";
            case "DBSIZE": return Integer(_keys.Count);
            case "FLUSHDB": _keys.Clear(); return Ok;
            case "FLUSHALL":
                foreach (var d in _databases.Values) d.Clear();
                _expiry.Clear();
                return Ok;
            case "INFO": return Resp.Bulk($"# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\nuptime_in_seconds:{clock.Now.Nanoseconds / 1_000_000_000}\r\n\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n");
            case "TIME": return Resp.Array([clock.Wall.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "0"]);
            case "KEYS": return Resp.Array(_keys.Keys.Where(k => ShellPattern.Fits(k, words[1])).Order(StringComparer.Ordinal));
            case "PUBLISH": return Integer(0);
            case "EXISTS": return Integer(words.Skip(1).Count(_keys.ContainsKey));
            case "DEL" or "UNLINK": return Integer(words.Skip(1).Count(Remove));
            default: return null;
        }
    }

    private string? Strings(string command, IReadOnlyList<string> words)
    {
        string key = words[1];
        if (command is "GET" or "INCR" or "DECR" or "INCRBY" or "DECRBY" or "APPEND" or "STRLEN" or "GETSET" or "GETDEL" && _keys.TryGetValue(key, out object? there) && there is not string) return WrongType;
        string? value = _keys.GetValueOrDefault(key) as string;
        switch (command)
        {
            case "GET": return Resp.Bulk(value);
            case "SET": return Set(words);
            case "SETNX": return _keys.TryAdd(key, words[2]) ? Integer(1) : Integer(0);
            case "SETEX": _keys[key] = words[3]; return Expire(key, words[2])[0] == ':' ? Ok : NotInteger;
            case "GETSET": _keys[key] = words[2]; return Resp.Bulk(value);
            case "GETDEL": Remove(key); return Resp.Bulk(value);
            case "INCR": return Add(key, value, "1", 1);
            case "DECR": return Add(key, value, "1", -1);
            case "INCRBY": return Add(key, value, words[2], 1);
            case "DECRBY": return Add(key, value, words[2], -1);
            case "APPEND": _keys[key] = value + words[2]; return Integer(Encoding.UTF8.GetByteCount(value + words[2]));
            case "STRLEN": return Integer(Encoding.UTF8.GetByteCount(value ?? ""));
            case "TYPE": return $"+{Kind(_keys.GetValueOrDefault(key))}\r\n";
            case "EXPIRE": return Expire(key, words[2]);
            case "TTL": return Integer(Left(key) is { } left ? (long)Math.Round(left.TotalSeconds) : _keys.ContainsKey(key) ? -1 : -2);
            case "PTTL": return Integer(Left(key) is { } more ? (long)more.TotalMilliseconds : _keys.ContainsKey(key) ? -1 : -2);
            case "PERSIST": return Integer(_expiry.Remove((_database, key)) ? 1 : 0);
            case "RENAME": return Rename(key, words[2]);
            case "MSET" when words.Count % 2 == 1:
                for (int i = 1; i + 1 < words.Count; i += 2) _keys[words[i]] = words[i + 1];
                return Ok;
            case "MSET": return "-ERR wrong number of arguments for 'mset' command\r\n";
            case "MGET": return Resp.Array(words.Skip(1).Select(k => _keys.GetValueOrDefault(k) as string));
            default: return null;
        }
    }

    private static string Kind(object? value) => value switch
    {
        string => "string",
        List<string> => "list",
        HashSet<string> => "set",
        null => "none",
        _ => "hash",
    };

    private static string Integer(long n) => $":{n}\r\n";

    private TimeSpan? Left(string key) => _expiry.TryGetValue((_database, key), out var at) ? at - clock.Now : null;

    private bool Remove(string key)
    {
        _expiry.Remove((_database, key));
        return _keys.Remove(key);
    }

    private string Set(IReadOnlyList<string> words)
    {
        string key = words[1];
        var options = words.Skip(3).Select(w => w.ToUpperInvariant()).ToList();
        bool there = _keys.ContainsKey(key);
        if (options.Contains("NX") && there || options.Contains("XX") && !there) return Resp.Bulk(null);
        Remove(key);
        _keys[key] = words[2];
        int ex = options.IndexOf("EX");
        if (ex >= 0 && ex + 1 < options.Count) Expire(key, options[ex + 1]);
        return Ok;
    }

    private string Rename(string from, string to)
    {
        if (!_keys.Remove(from, out object? value)) return "-ERR no such key\r\n";
        _keys[to] = value;
        return Ok;
    }

    private string Expire(string key, string seconds)
    {
        if (!long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long n) || n > 1_000_000_000) return NotInteger;
        if (!_keys.ContainsKey(key)) return Integer(0);
        _expiry[(_database, key)] = clock.Now + TimeSpan.FromSeconds(n);
        return Integer(1);
    }

    private string Add(string key, string? value, string by, int sign)
    {
        if (!long.TryParse(by, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long step)) return NotInteger;
        if (!long.TryParse(value ?? "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n)) return NotInteger;
        long sum = unchecked(n + sign * step);
        _keys[key] = sum.ToString(CultureInfo.InvariantCulture);
        return Integer(sum);
    }
}
