using NetSim.Model.Netfilter;
using NUnit.Framework;

namespace NetSim.Tests.Model.Netfilter;

public sealed class RecompiledRulesetTests
{
    /// <summary>Rules added, inserted and removed, chains made, removed and made again, in seeded order.</summary>
    [Test]
    public void Compiling_what_changed_gives_what_compiling_all_gives([Range(1, 30)] int seed)
    {
        var chance = new Random(seed);
        var rules = new Ruleset();
        var compiled = new CompiledRuleset(rules);
        for (int i = 0; i < 60; i++)
        {
            for (int n = chance.Next(3); n >= 0; n--) Change(rules, chance);
            compiled = new CompiledRuleset(rules, compiled);
            Assert.That(Walks(compiled), Is.EqualTo(Walks(new CompiledRuleset(rules))), $"after change {i}");
        }
    }

    [Test]
    public void A_rule_that_stays_remembers_what_it_counted()
    {
        var rules = new Ruleset();
        rules.Add("filter", "INPUT", null, RuleText.Parse("-m limit --limit 1/hour --limit-burst 1 -j DROP"));
        var compiled = new CompiledRuleset(rules);
        compiled.Judge(Hook.Input, TableKind.Filter, default);
        rules.Add("filter", "INPUT", 1, RuleText.Parse("-p udp -j ACCEPT"));
        compiled = new CompiledRuleset(rules, compiled);
        Assert.That(compiled.Judge(Hook.Input, TableKind.Filter, default).Kind, Is.EqualTo(VerdictKind.Accept));
    }

    [Test]
    public void Only_a_new_rule_is_fresh()
    {
        var rules = new Ruleset();
        for (int i = 0; i < 10; i++) rules.Add("filter", "INPUT", null, RuleText.Parse($"-s 10.0.0.{i} -j DROP"));
        var compiled = new CompiledRuleset(rules);
        rules.Add("filter", "INPUT", 4, RuleText.Parse("-s 10.0.1.1 -j DROP"));
        Assert.That(new CompiledRuleset(rules, compiled).Fresh.Select(r => r.ToString()), Is.EqualTo(new[] { "INPUT 4: -s 10.0.1.1/32 -j DROP" }));
    }

    private static void Change(Ruleset rules, Random chance)
    {
        string chain = new[] { "INPUT", "A", "B" }[chance.Next(3)];
        var there = rules.Table("filter").Chain(chain)?.Rules ?? [];
        switch (chance.Next(6))
        {
            case 0 when there.Count > 0: rules.Remove("filter", chain, there[chance.Next(there.Count)]); break;
            case 1: rules.Table("filter").Remove("B"); rules.Touch(); break;
            case 2: rules.Table("filter").Make("A", null); rules.Touch(); break;
            default: rules.Add("filter", chain, chance.Next(2) == 0 ? null : chance.Next(there.Count + 1) + 1, RuleText.Parse(Text(chain, chance))); break;
        }
    }

    private static string Text(string chain, Random chance) => chance.Next(4) switch
    {
        0 when chain == "INPUT" => "-j A",
        1 when chain != "B" => "-j B",
        2 => $"-p udp -m udp --dport {chance.Next(5)} -j DROP",
        _ => $"-s 10.0.0.{chance.Next(4)}/32 -j ACCEPT",
    };

    private static List<string> Walks(CompiledRuleset compiled)
    {
        var walks = new List<string>();
        for (int n = 0; n < 8; n++)
        {
            var met = new List<CompiledRule>();
            var packet = new HookPacket { Source = NetSim.Model.Addressing.IpAddress.Parse($"10.0.0.{n % 4}"), Protocol = NetSim.Model.Packets.IpProtocol.Udp, DestinationPort = (ushort)(n % 5) };
            var verdict = compiled.Judge(Hook.Input, TableKind.Filter, packet, met);
            walks.Add($"{verdict.Kind}: {string.Join("; ", met)}");
        }
        return walks;
    }
}
