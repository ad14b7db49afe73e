using NetSim.Model.Addressing;

namespace NetSim.Model.Netfilter;

/// <summary>-m hashlimit: a token bucket for each of those that the mode tells apart. Source: linux v6.6 net/netfilter/xt_hashlimit.c hashlimit_mt_common.</summary>
internal sealed class HashLimit : Condition
{
    private const int Most = 65_536;
    private readonly Dictionary<(IpAddress, IpAddress, int), (double Tokens, long Since)> _buckets = [];
    private readonly string[] _mode;
    private readonly double _perSecond;
    private readonly int _burst, _sourceBits, _destinationBits;

    private HashLimit(ClauseOptions o, double perSecond, bool above) : base(above)
    {
        _perSecond = perSecond;
        _burst = RuleValues.Number(o.Value("--hashlimit-burst") ?? "5", 1_000_000);
        _mode = (o.Value("--hashlimit-mode") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        _sourceBits = RuleValues.Number(o.Value("--hashlimit-srcmask") ?? "128", 128);
        _destinationBits = RuleValues.Number(o.Value("--hashlimit-dstmask") ?? "128", 128);
    }

    /// <summary>The condition, or null where some of it is not modelled (rates in bytes).</summary>
    public static HashLimit? Of(ClauseOptions o)
    {
        string? upTo = o.Value("--hashlimit-upto", "--hashlimit"), above = o.Value("--hashlimit-above");
        if ((upTo ?? above) is not { } rate || rate.Contains("b/", StringComparison.OrdinalIgnoreCase) || o.Has("--hashlimit-rate-match")) return null;
        return new(o, MatchReader.Rate(rate).PerSecond, above is not null);
    }

    protected override bool Is(in HookPacket packet, uint mark)
    {
        var key = Key(packet);
        if (_buckets.Count >= Most && !_buckets.ContainsKey(key)) return false;
        var (tokens, since) = _buckets.TryGetValue(key, out var known) ? known : (_burst, packet.Time);
        tokens = Math.Min(_burst, tokens + (packet.Time - since) * 1e-9 * _perSecond);
        bool within = tokens >= 1;
        _buckets[key] = (within ? tokens - 1 : tokens, packet.Time);
        return within;
    }

    private (IpAddress, IpAddress, int) Key(in HookPacket packet)
    {
        IpAddress source = default, destination = default;
        int ports = 0;
        foreach (string word in _mode)
        {
            if (word == "srcip") source = Masked(packet.Source, _sourceBits);
            else if (word == "dstip") destination = Masked(packet.Destination, _destinationBits);
            else if (word == "srcport") ports |= packet.SourcePort << 16;
            else if (word == "dstport") ports |= packet.DestinationPort;
        }
        return (source, destination, ports);
    }

    private static IpAddress Masked(IpAddress address, int bits) => bits >= address.BitLength ? address : new Subnet(address, bits).Address;
}
