using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NUnit.Framework;

namespace NetSim.Tests.Model.Netfilter;

/// <summary>A long chain looks up which rules concern a packet; short ones are walked. Both must say the same.</summary>
public sealed class LongChainTests
{
    private const int Rules = 120;
    private const int ShortChain = 6;

    [TestCase(1), TestCase(2), TestCase(3), TestCase(4), TestCase(5)]
    public void A_long_chain_decides_as_the_same_rules_in_short_chains(int seed)
    {
        var random = new Random(seed);
        var rules = Enumerable.Range(0, Rules).Select(i => $"{Conditions(random)} -j {(random.Next(3) == 0 ? "DROP" : random.Next(2) == 0 ? "ACCEPT" : $"MARK --set-xmark 0x{i:x}/0xffffffff")}").ToList();
        var whole = new CompiledRuleset(RulesetText.Parse($"*filter\n:FORWARD ACCEPT [0:0]\n{string.Concat(rules.Select(r => $"-A FORWARD {r}\n"))}COMMIT\n"));
        var cut = new CompiledRuleset(RulesetText.Parse(InPieces(rules)));

        var packets = Enumerable.Range(0, 2000).Select(_ => Packet(random)).ToList();

        Assert.That(packets.Select(p => Told(whole, p)), Is.EqualTo(packets.Select(p => Told(cut, p))));
    }

    private static string InPieces(List<string> rules)
    {
        var pieces = rules.Chunk(ShortChain).Select((r, i) => (Name: $"P{i}", Rules: r)).ToList();
        var groups = pieces.Chunk(ShortChain).Select((p, i) => (Name: $"G{i}", Pieces: p)).ToList();
        return "*filter\n:FORWARD ACCEPT [0:0]\n" + string.Concat(pieces.Select(p => $":{p.Name} - [0:0]\n")) + string.Concat(groups.Select(g => $":{g.Name} - [0:0]\n"))
            + string.Concat(groups.Select(g => $"-A FORWARD -j {g.Name}\n")) + string.Concat(groups.SelectMany(g => g.Pieces.Select(p => $"-A {g.Name} -j {p.Name}\n")))
            + string.Concat(pieces.SelectMany(p => p.Rules.Select(r => $"-A {p.Name} {r}\n"))) + "COMMIT\n";
    }

    private static (VerdictKind, string?, uint) Told(CompiledRuleset rules, HookPacket packet)
    {
        var verdict = rules.Judge(Hook.Forward, TableKind.Filter, packet);
        return (verdict.Kind, verdict.Rule!.Number == 0 ? null : verdict.Rule.Rule.ToString(), verdict.Mark);
    }

    private static string Conditions(Random random)
    {
        var words = new List<string>();
        if (random.Next(2) == 0) words.Add($"{(random.Next(5) == 0 ? "! " : "")}-d 10.0.0.{random.Next(6)}/{(random.Next(3) == 0 ? 30 : 32)}");
        if (random.Next(3) == 0) words.Add($"{(random.Next(5) == 0 ? "! " : "")}-s 10.0.0.{random.Next(6)}/32");
        if (random.Next(3) == 0) words.Add($"{(random.Next(4) == 0 ? "! " : "")}-i br{random.Next(4)}");
        if (random.Next(4) == 0) words.Add($"-o br{(random.Next(4) == 0 ? "+" : random.Next(4))}");
        if (random.Next(3) == 0) words.Add($"-p tcp -m tcp --dport {80 + random.Next(4)}{(random.Next(4) == 0 ? ":90" : "")}");
        return string.Join(' ', words);
    }

    private static HookPacket Packet(Random random) => new()
    {
        Protocol = random.Next(3) == 0 ? IpProtocol.Udp : IpProtocol.Tcp,
        Source = IpAddress.Parse($"10.0.0.{random.Next(6)}"),
        Destination = IpAddress.Parse($"10.0.0.{random.Next(6)}"),
        SourcePort = 40000,
        DestinationPort = (ushort)(80 + random.Next(6)),
        InInterface = random.Next(5) == 0 ? null : $"br{random.Next(4)}",
        OutInterface = random.Next(5) == 0 ? null : $"br{random.Next(4)}",
        State = ConntrackStates.New,
    };
}
