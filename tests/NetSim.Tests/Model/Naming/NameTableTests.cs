using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NUnit.Framework;

namespace NetSim.Tests.Model.Naming;

public sealed class NameTableTests
{
    private static readonly PublishedName Db = new("app", "db", "db", IpAddress.Parse("172.18.0.2"), true);

    [Test]
    public void A_published_name_has_its_address() =>
        Assert.That(Table(Db).Addresses("app", "db"), Is.EqualTo(new[] { Db.Address }));

    [Test]
    public void Letters_of_either_case_are_the_same() =>
        Assert.That(Table(Db).Addresses("app", "DB"), Is.EqualTo(new[] { Db.Address }));

    [Test]
    public void A_name_is_not_known_on_another_network() =>
        Assert.That(Table(Db).Addresses("other", "db"), Is.Empty);

    [Test]
    public void Containers_that_share_a_name_are_all_listed_in_order()
    {
        var second = Db with { Container = "db2", Address = IpAddress.Parse("172.18.0.3"), Primary = false };

        Assert.That(Table(Db, second).Addresses("app", "db"), Is.EqualTo(new[] { Db.Address, second.Address }));
    }

    [Test]
    public void A_withdrawn_name_is_gone()
    {
        var table = Table(Db);

        table.Withdraw(Db with { });

        Assert.That(table.Addresses("app", "db"), Is.Empty);
    }

    [Test]
    public void An_address_leads_back_to_the_primary_name()
    {
        var alias = Db with { Name = "store", Primary = false };

        Assert.That(Table(alias, Db).Reverse("app", Db.Address), Is.EqualTo("db.app"));
    }

    [Test]
    public void An_address_that_nobody_has_leads_nowhere() =>
        Assert.That(Table(Db).Reverse("app", IpAddress.Parse("172.18.0.9")), Is.Null);

    private static NameTable Table(params PublishedName[] names)
    {
        var table = new NameTable();
        foreach (var n in names) table.Publish(n);
        return table;
    }
}
