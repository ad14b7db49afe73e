using System.Runtime.InteropServices;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;

namespace NetSim.Model.Netfilter;

/// <summary>Which rules of a long chain a packet can fulfil at all: Docker writes a rule for each published port and each network, and a packet concerns few of them.
/// Each rule lies under one exact condition of its own (destination, port, source, interface), or among those that every packet asks.</summary>
internal sealed class ChainIndex
{
    /// <summary>Shorter chains are walked as they are.</summary>
    public const int Least = 8;

    private readonly Places<IpAddress> _byDestination = new();
    private readonly Places<ushort> _byPort = new();
    private readonly Places<IpAddress> _bySource = new();
    private readonly Places<string> _byOutput = new();
    private readonly Places<string> _byInput = new();
    private readonly List<int> _others = [];

    /// <summary>Sorts the rules of a chain.</summary>
    public ChainIndex(CompiledRule[] rules)
    {
        for (int i = 0; i < rules.Length; i++)
            if (!Sort(rules[i], i)) _others.Add(i);
    }

    /// <summary>The rules that a packet can fulfil, in the order of the chain.</summary>
    public Walk For(in HookPacket packet) => new()
    {
        Others = CollectionsMarshal.AsSpan(_others),
        ByDestination = _byDestination.Of(packet.Destination),
        ByPort = packet.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp ? _byPort.Of(packet.DestinationPort) : [],
        BySource = _bySource.Of(packet.Source),
        ByOutput = packet.OutInterface is { } output ? _byOutput.Of(output) : [],
        ByInput = packet.InInterface is { } input ? _byInput.Of(input) : [],
    };

    /// <summary>Six ascending lists, merged.</summary>
    public ref struct Walk
    {
        public ReadOnlySpan<int> Others, ByDestination, ByPort, BySource, ByOutput, ByInput;

        /// <summary>The place of the next rule; -1 at the end.</summary>
        public int Next()
        {
            int next = int.MaxValue;
            if (Others.Length > 0) next = Others[0];
            if (ByDestination.Length > 0 && ByDestination[0] < next) next = ByDestination[0];
            if (ByPort.Length > 0 && ByPort[0] < next) next = ByPort[0];
            if (BySource.Length > 0 && BySource[0] < next) next = BySource[0];
            if (ByOutput.Length > 0 && ByOutput[0] < next) next = ByOutput[0];
            if (ByInput.Length > 0 && ByInput[0] < next) next = ByInput[0];
            if (next == int.MaxValue) return -1;
            Pass(ref Others, next);
            Pass(ref ByDestination, next);
            Pass(ref ByPort, next);
            Pass(ref BySource, next);
            Pass(ref ByOutput, next);
            Pass(ref ByInput, next);
            return next;
        }

        private static void Pass(ref ReadOnlySpan<int> list, int place)
        {
            if (list.Length > 0 && list[0] == place) list = list[1..];
        }
    }

    /// <summary>A rule that remembers what it was asked (a limit, say) is asked by every packet, since what it is asked first is part of what it does.</summary>
    private bool Sort(CompiledRule rule, int place)
    {
        var matches = rule.Rule.Matches;
        if (matches.Any(m => m is Match.Limit or Match.Extension or Match.Unknown)) return false;
        if (matches.OfType<Match.Destination>().FirstOrDefault(m => !m.Negated && IsOne(m.Subnet)) is { } destination) return _byDestination.Add(destination.Subnet.Address, place);
        if (matches.OfType<Match.DestinationPorts>().FirstOrDefault(m => !m.Negated && m.From == m.To) is { } port) return _byPort.Add(port.From, place);
        if (matches.OfType<Match.Source>().FirstOrDefault(m => !m.Negated && IsOne(m.Subnet)) is { } source) return _bySource.Add(source.Subnet.Address, place);
        if (matches.OfType<Match.OutInterface>().FirstOrDefault(m => !m.Negated && IsExact(m.Name)) is { } output) return _byOutput.Add(output.Name, place);
        return matches.OfType<Match.InInterface>().FirstOrDefault(m => !m.Negated && IsExact(m.Name)) is { } input && _byInput.Add(input.Name, place);
    }

    private static bool IsOne(Subnet subnet) => subnet.Address == subnet.Last;

    private static bool IsExact(string name) => name.Length > 0 && !name.EndsWith('+');

    /// <summary>Places of rules by one exact condition.</summary>
    private sealed class Places<T> where T : notnull
    {
        private readonly Dictionary<T, List<int>> _lists = [];

        public bool Add(T key, int place)
        {
            if (!_lists.TryGetValue(key, out var list)) _lists.Add(key, list = []);
            list.Add(place);
            return true;
        }

        public ReadOnlySpan<int> Of(T key) => _lists.Count > 0 && _lists.TryGetValue(key, out var list) ? CollectionsMarshal.AsSpan(list) : [];
    }
}
