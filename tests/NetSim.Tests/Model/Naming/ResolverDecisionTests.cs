using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NUnit.Framework;

namespace NetSim.Tests.Model.Naming;

public sealed class ResolverDecisionTests
{
    private const int A = 1, Ptr = 12, Mx = 15, Txt = 16, Aaaa = 28;

    [TestCase("db", "172.18.0.2")]
    [TestCase("DB", "172.18.0.2")]
    [TestCase("db.app", "172.18.0.2", Description = "name and network")]
    [TestCase("db.back.end", "172.19.0.7", Description = "a network's name may hold a dot")]
    [TestCase("a.b", "172.18.0.4", Description = "so may a container's alias")]
    [TestCase("store", "172.18.0.2", Description = "the alias of a link")]
    public void A_name_that_is_known_is_answered(string name, string address)
    {
        var decision = Decide(name, A);

        Assert.That((decision.Outcome, decision.Addresses.FirstOrDefault()), Is.EqualTo((ResolverOutcome.Answer, IpAddress.Parse(address))));
    }

    [TestCase("nobody")]
    [TestCase("db.other", Description = "a network of which the container is no part")]
    [TestCase("hidden", Description = "known on a network of which the container is no part")]
    [TestCase("example.test")]
    public void Any_other_name_is_asked_upstream(string name) =>
        Assert.That(Decide(name, A).Outcome, Is.EqualTo(ResolverOutcome.Forward));

    [TestCase(Aaaa)]
    [TestCase(Mx)]
    public void A_known_name_without_such_a_record_is_answered_empty(int type) =>
        Assert.That(Decide("db", type).Outcome, Is.EqualTo(ResolverOutcome.Empty));

    [Test]
    public void An_IPv6_address_answers_a_question_for_AAAA() =>
        Assert.That(Decide("six", Aaaa).Addresses, Is.EqualTo(new[] { IpAddress.Parse("fd00::5") }));

    [Test]
    public void Other_types_are_asked_upstream_even_for_a_known_name() =>
        Assert.That(Decide("db", Txt).Outcome, Is.EqualTo(ResolverOutcome.Forward));

    [Test]
    public void The_network_that_knew_the_name_is_told() =>
        Assert.That(Decide("db", A).Network, Is.EqualTo("app"));

    [Test]
    public void Networks_are_asked_in_their_order() =>
        Assert.That(Decide("both", A).Network, Is.EqualTo("app"));

    [Test]
    public void A_reverse_question_gets_the_name_with_its_network() =>
        Assert.That(Decide("2.0.18.172.in-addr.arpa", Ptr).PointerName, Is.EqualTo("db.app"));

    [TestCase("9.9.9.9.in-addr.arpa")]
    [TestCase("not-reverse")]
    public void A_reverse_question_about_a_stranger_is_asked_upstream(string name) =>
        Assert.That(Decide(name, Ptr).Outcome, Is.EqualTo(ResolverOutcome.Forward));

    [TestCase("nobody", ResolverOutcome.Empty)]
    [TestCase("example.test", ResolverOutcome.Forward)]
    public void With_ndots_set_a_single_unknown_label_stays_inside(string name, ResolverOutcome outcome) =>
        Assert.That(Decide(name, A, ndots: true).Outcome, Is.EqualTo(outcome));

    private static ResolverDecision Decide(string name, int type, bool ndots = false)
    {
        var names = new NameTable();
        foreach (var (network, container, address) in new[]
        {
            ("app", "db", "172.18.0.2"), ("app", "a.b", "172.18.0.4"), ("app", "six", "fd00::5"), ("app", "both", "172.18.0.6"),
            ("back.end", "both", "172.19.0.6"), ("back.end", "db", "172.19.0.7"), ("other", "hidden", "172.20.0.2"), ("other", "db", "172.20.0.3"),
        })
            names.Publish(new(network, container, container, IpAddress.Parse(address), true));
        return ResolverDecision.Decide(names, new ResolverSpec
        {
            Namespace = "webapp",
            UdpPort = new(40000),
            TcpPort = new(40001),
            Networks = ["app", "back.end"],
            Links = [new LinkAlias("app", "store", "db")],
            NdotsSet = ndots,
        }, name, type);
    }
}
