using System.Buffers.Binary;
using NetSim.Model.Addressing;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>ARP: who asks for whom, and whether there is an answer.</summary>
internal sealed class ArpTalk(Names names)
{
    private readonly Dictionary<(IpAddress Asker, IpAddress Target), Conversation?> _open = [];

    public List<Conversation> All { get; } = [];

    public void Hear(string to, string from, ReadOnlySpan<byte> packet)
    {
        int operation = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        IpAddress sender = IpAddress.Read(packet.Slice(14, 4)), target = IpAddress.Read(packet.Slice(24, 4));
        if (sender == target || sender.IsAny) return;
        if (operation == 1) Question(to, from, (sender, target));
        else if (operation == 2 && _open.GetValueOrDefault((target, sender)) is { } asked)
        {
            asked.Add("is-at");
            asked.End("is-at", $"{names.Mac(from)} > {names.Mac(to)}");
        }
    }

    private void Question(string to, string from, (IpAddress Asker, IpAddress Target) pair)
    {
        if (to != "ff:ff:ff:ff:ff:ff")
        {
            _open[pair] = null;
            return;
        }
        var asked = _open.GetValueOrDefault(pair);
        if (asked is null || asked.Last != "who-has")
        {
            asked = new($"arp {pair.Asker} asks for {pair.Target}") { RepeatsAreChance = true };
            All.Add(asked);
            _open[pair] = asked;
        }
        asked.Add("who-has");
        asked.End("who-has", $"{names.Mac(from)} > {names.Mac(to)}");
    }
}
