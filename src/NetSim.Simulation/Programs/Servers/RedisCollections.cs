using System.Globalization;
using NetSim.Simulation.Programs.Protocols;

namespace NetSim.Simulation.Programs.Servers;

/// <summary>This file: lists, hashes and sets.</summary>
internal sealed partial class RedisStore
{
    private string? Lists(string command, IReadOnlyList<string> words)
    {
        if (command is not ("LPUSH" or "RPUSH" or "LPOP" or "RPOP" or "LLEN" or "LRANGE" or "LINDEX")) return null;
        string key = words[1];
        if (_keys.TryGetValue(key, out object? there) && there is not List<string>) return WrongType;
        var list = there as List<string> ?? [];
        switch (command)
        {
            case "LPUSH" or "RPUSH":
                _keys[key] = list;
                foreach (string v in words.Skip(2)) list.Insert(command == "LPUSH" ? 0 : list.Count, v);
                return Integer(list.Count);
            case "LPOP" or "RPOP":
                if (list.Count == 0) return Resp.Bulk(null);
                int end = command == "LPOP" ? 0 : list.Count - 1;
                string popped = list[end];
                list.RemoveAt(end);
                if (list.Count == 0) Remove(key);
                return Resp.Bulk(popped);
            case "LLEN": return Integer(list.Count);
            case "LINDEX": return Number(words[2]) is not { } i ? NotInteger : Resp.Bulk(list.ElementAtOrDefault(i < 0 ? i + list.Count : i));
            default: return Range(list, words[2], words[3]);
        }
    }

    private string? Hashes(string command, IReadOnlyList<string> words)
    {
        if (!command.StartsWith('H')) return null;
        string key = words[1];
        if (_keys.TryGetValue(key, out object? there) && there is not OrderedDictionary<string, string>) return WrongType;
        var hash = there as OrderedDictionary<string, string> ?? new(StringComparer.Ordinal);
        switch (command)
        {
            case "HSET": return SetFields(key, hash, words);
            case "HGET": return Resp.Bulk(hash.GetValueOrDefault(words[2]));
            case "HMGET": return Resp.Array(words.Skip(2).Select(f => hash.GetValueOrDefault(f)));
            case "HGETALL": return Resp.Array(hash.SelectMany(f => new[] { f.Key, f.Value }));
            case "HKEYS": return Resp.Array(hash.Keys);
            case "HVALS": return Resp.Array(hash.Values);
            case "HLEN": return Integer(hash.Count);
            case "HEXISTS": return Integer(hash.ContainsKey(words[2]) ? 1 : 0);
            case "HDEL":
                int gone = words.Skip(2).Count(hash.Remove);
                if (hash.Count == 0) Remove(key);
                return Integer(gone);
            case "HINCRBY":
                if (!long.TryParse(hash.GetValueOrDefault(words[2], "0"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n) ||
                    !long.TryParse(words[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long by)) return NotInteger;
                _keys[key] = hash;
                hash[words[2]] = unchecked(n + by).ToString(CultureInfo.InvariantCulture);
                return Integer(unchecked(n + by));
            default: return null;
        }
    }

    private string SetFields(string key, OrderedDictionary<string, string> hash, IReadOnlyList<string> words)
    {
        if (words.Count % 2 == 1) return "-ERR wrong number of arguments for 'hset' command\r\n";
        _keys[key] = hash;
        int added = 0;
        for (int i = 2; i + 1 < words.Count; i += 2)
        {
            if (!hash.ContainsKey(words[i])) added++;
            hash[words[i]] = words[i + 1];
        }
        return Integer(added);
    }

    private string? Sets(string command, IReadOnlyList<string> words)
    {
        if (command is not ("SADD" or "SREM" or "SMEMBERS" or "SCARD" or "SISMEMBER")) return null;
        string key = words[1];
        if (_keys.TryGetValue(key, out object? there) && there is not HashSet<string>) return WrongType;
        var set = there as HashSet<string> ?? new(StringComparer.Ordinal);
        switch (command)
        {
            case "SADD":
                _keys[key] = set;
                return Integer(words.Skip(2).Count(set.Add));
            case "SREM":
                int gone = words.Skip(2).Count(set.Remove);
                if (set.Count == 0) Remove(key);
                return Integer(gone);
            case "SMEMBERS": return Resp.Array(set.Order(StringComparer.Ordinal));
            case "SCARD": return Integer(set.Count);
            default: return Integer(set.Contains(words[2]) ? 1 : 0);
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n) ? n : null;

    private static string Range(List<string> list, string from, string to)
    {
        if (Number(from) is not { } a || Number(to) is not { } b) return NotInteger;
        a = Math.Max(0, a < 0 ? a + list.Count : a);
        b = Math.Min(list.Count - 1, b < 0 ? b + list.Count : b);
        return Resp.Array(a > b ? [] : list.GetRange(a, b - a + 1));
    }
}
