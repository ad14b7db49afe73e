using NetSim.Model.Addressing;
using NetSim.Model.Bridging;
using NUnit.Framework;

namespace NetSim.Tests.Model.Bridging;

public sealed class ForwardingDatabaseTests
{
    private const long Ageing = 300;
    private static readonly MacAddress Web = MacAddress.Parse("02:42:ac:12:00:02"), Db = MacAddress.Parse("02:42:ac:12:00:03");
    private ForwardingDatabase _table = null!;

    [SetUp]
    public void Make_an_empty_table() => _table = new ForwardingDatabase(Ageing);

    [Test]
    public void An_unknown_address_is_flooded() => Assert.That(_table.Lookup(Web, 0), Is.EqualTo(-1));

    [Test]
    public void A_sender_is_found_where_it_sent_from()
    {
        _table.Learn(Web, 7, 10);

        Assert.That(_table.Lookup(Web, 20), Is.EqualTo(7));
    }

    [Test]
    public void A_second_frame_from_the_same_port_is_no_change()
    {
        _table.Learn(Web, 7, 10);

        Assert.That(_table.Learn(Web, 7, 20), Is.False);
    }

    [Test]
    public void A_sender_that_moved_is_found_at_its_new_port()
    {
        _table.Learn(Web, 7, 10);

        bool changed = _table.Learn(Web, 8, 20);

        Assert.That((changed, _table.Lookup(Web, 20)), Is.EqualTo((true, 8)));
    }

    [Test]
    public void A_learned_entry_is_forgotten_when_it_is_too_old()
    {
        _table.Learn(Web, 7, 10);

        Assert.That((_table.Lookup(Web, 10 + Ageing), _table.Lookup(Web, 11 + Ageing)), Is.EqualTo((7, -1)));
    }

    [Test]
    public void A_permanent_entry_neither_ages_nor_moves()
    {
        _table.AddPermanent(Web, 7);

        bool changed = _table.Learn(Web, 8, 10);

        Assert.That((changed, _table.Lookup(Web, 1000 * Ageing)), Is.EqualTo((false, 7)));
    }

    [Test]
    public void A_port_that_goes_takes_its_entries_with_it()
    {
        _table.Learn(Web, 7, 10);
        _table.Learn(Db, 8, 10);

        _table.RemovePort(7);

        Assert.That(_table.Entries.Select(e => e.Key), Is.EqualTo(new[] { Db }));
    }
}
