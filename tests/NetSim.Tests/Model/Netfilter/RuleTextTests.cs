using NetSim.Model.Netfilter;
using NUnit.Framework;

namespace NetSim.Tests.Model.Netfilter;

public sealed class RuleTextTests
{
    [TestCase("-s 172.18.0.0/16 ! -o br-7dc0a208ea23 -j MASQUERADE")]
    [TestCase("-d 172.18.0.3/32 ! -i br0 -o br0 -p tcp -m tcp --dport 4567 -j ACCEPT")]
    [TestCase("-o br0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")]
    [TestCase("! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER")]
    [TestCase("-s 127.0.0.11/32 -p udp -m udp --sport 42245 -j SNAT --to-source :53")]
    [TestCase("! -s fe80::/10 ! -i br0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination [fd00:cafe::3]:80")]
    [TestCase("-p tcp -m tcp --sport 1024:65535 --dport 80 --tcp-flags FIN,SYN,RST,ACK SYN -j DROP")]
    [TestCase("-p tcp -m multiport --dports 80,443,8000:8010 -m comment --comment \"web \\\"and\\\" more\" -j ACCEPT")]
    [TestCase("-m limit --limit 5/min --limit-burst 10 -j LOG --log-prefix \"denied: \" --log-level 7")]
    [TestCase("-m mark --mark 0x1/0xff -j MARK --set-xmark 0x10/0xffffffff")]
    [TestCase("-p icmp -m icmp --icmp-type 3/4 -j ACCEPT")]
    [TestCase("-p ipv6-icmp -m icmp6 --icmpv6-type 128 -j ACCEPT")]
    [TestCase("-m conntrack --ctorigdst 203.0.113.2 --ctorigdstport 8080 -j RETURN")]
    [TestCase("-m state --state NEW -g OTHER")]
    [TestCase("-m set --match-set docker-ext-bridges-v4 dst -j DOCKER")]
    [TestCase("-p tcp -m physdev ! --physdev-is-bridged --physdev-in veth1 -j CT --notrack")]
    [TestCase("-p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu")]
    [TestCase("-j MASQUERADE --random")]
    [TestCase("-j REJECT --reject-with icmp-host-prohibited")]
    [TestCase("")]
    public void A_rule_in_the_form_of_iptables_save_is_written_as_it_was_read(string text)
    {
        Assert.That(RuleText.Write(RuleText.Parse(text)), Is.EqualTo(text));
    }

    [TestCase("-p tcp --dport 80 -s 10.0.0.1 -j ACCEPT", "-s 10.0.0.1/32 -p tcp -m tcp --dport 80 -j ACCEPT")]
    [TestCase("--jump DROP --source 10.0.0.0/255.255.0.0 --in-interface eth+", "-s 10.0.0.0/16 -i eth+ -j DROP")]
    [TestCase("-p tcp --syn -d 0.0.0.0/0 -j REJECT", "-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j REJECT --reject-with icmp-port-unreachable")]
    [TestCase("-m comment --comment hello -i br0 -j MARK --set-mark 0x2", "-i br0 -m comment --comment hello -j MARK --set-xmark 0x2/0xffffffff")]
    [TestCase("-p icmp --icmp-type echo-request -j ACCEPT", "-p icmp -m icmp --icmp-type 8 -j ACCEPT")]
    public void A_rule_as_people_type_it_is_written_in_the_form_of_iptables_save(string typed, string saved)
    {
        Assert.That(RuleText.Write(RuleText.Parse(typed)), Is.EqualTo(saved));
    }

    [TestCase("-s 10.0.0.256 -j DROP", "10.0.0.256")]
    [TestCase("-p tcp -m tcp --dport http0 -j DROP", "http0")]
    [TestCase("-p quic -j DROP", "quic")]
    [TestCase("--dport 80 -j DROP", "--dport")]
    [TestCase("-j", "-j")]
    [TestCase("frontend -j DROP", "frontend")]
    [TestCase("-m conntrack --ctstate ESTABLISH -j ACCEPT", "ESTABLISH")]
    [TestCase("-j DNAT --to-destination here:80", "here:80")]
    [TestCase("-j ACCEPT -j DROP", "targets")]
    [TestCase("-m comment --comment \"open -j DROP", "open")]
    [TestCase("-i -j DROP", "-i")]
    public void Text_that_is_no_rule_is_refused_with_the_word_that_is_wrong(string text, string word)
    {
        var refused = Assert.Throws<FormatException>(() => RuleText.Parse(text));

        Assert.That(refused.Message, Does.Contain(word));
    }

    [Test]
    public void Hostile_text_fails_in_no_other_way()
    {
        var chance = new Random(1);
        var texts = Enumerable.Range(0, 20_000).Select(_ => string.Join(' ', Enumerable.Range(0, chance.Next(12)).Select(_ => HostileWords[chance.Next(HostileWords.Length)]))).ToList();

        Assert.That(() => texts.Count(IsRule), Throws.Nothing);
    }

    private static readonly string[] HostileWords =
        ["-s", "-d", "-m", "-j", "!", "tcp", "--dport", "0", ":", "[", "]", "\"", "10.0.0.0/33", "-p", "ACCEPT", "DNAT", "--to-destination", "-", "--", "limit", "--limit", "/", "\\", "0x", "conntrack", "--ctstate"];

    private static bool IsRule(string text)
    {
        try
        {
            return RuleText.Parse(text).ToString().Length >= 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
