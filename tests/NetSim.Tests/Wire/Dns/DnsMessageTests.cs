using NetSim.Model.Addressing;
using NetSim.Wire.Dns;
using NUnit.Framework;

namespace NetSim.Tests.Wire.Dns;

public sealed class DnsMessageTests
{
    private static DnsMessage Everything => new()
    {
        Id = 0x620A,
        Flags = DnsFlags.Response | DnsFlags.RecursionDesired | DnsFlags.RecursionAvailable,
        Questions = [new("www.example.test", DnsType.A)],
        Answers =
        [
            new("www.example.test", DnsType.Cname, 300, new Rdata.Target("example.test")),
            new("example.test", DnsType.A, 300, new Rdata.Address(IpAddress.Parse("203.0.113.10"))),
            new("example.test", DnsType.Aaaa, 300, new Rdata.Address(IpAddress.Parse("2001:db8:113::10"))),
            new("example.test", DnsType.Mx, 300, new Rdata.Mail(10, "mail.example.test")),
            new("example.test", DnsType.Txt, 300, new Rdata.Text(["v=lab", ""])),
            new("_http._tcp.example.test", DnsType.Srv, 60, new Rdata.Service(1, 2, new(80), "www.example.test")),
        ],
        Authorities = [new("test", DnsType.Soa, 60, new Rdata.Authority("ns.test", "root.test", 1, 2, 3, 4, 5)), new("test", DnsType.Ns, 60, new Rdata.Target("ns.test"))],
        Additionals = [new("", DnsType.Opt, 0, new Rdata.Options([new(10, [1, 2, 3])]), 1232), new("x.test", (DnsType)65, 1, new Rdata.Opaque([9, 9]))],
    };

    [TestCase(true)]
    [TestCase(false)]
    public void What_is_written_is_read_back_with_all_its_records(bool compress)
    {
        bool read = DnsMessage.TryRead(Everything.ToBytes(compress), out var again);

        Assert.That(read && again!.ToBytes(false).SequenceEqual(Everything.ToBytes(false)));
    }

    [Test]
    public void Compression_makes_a_message_shorter() =>
        Assert.That(Everything.ToBytes().Length, Is.LessThan(Everything.ToBytes(false).Length));

    [Test]
    public void A_query_of_dig_has_the_recorded_bytes()
    {
        var cookie = Convert.FromHexString("0899B283EAD023B3");
        var query = DnsMessage.Query(0x620A, "db", DnsType.A) with { Flags = 0x0120, Additionals = [new("", DnsType.Opt, 0, new Rdata.Options([new(10, cookie)]), 1232)] };

        Assert.That(Convert.ToHexString(query.ToBytes()), Is.EqualTo("620A012000010000000000010264620000010001" + "00002904D000000000000C000A00080899B283EAD023B3"));
    }

    [Test]
    public void An_answer_of_the_container_resolver_has_the_recorded_bytes()
    {
        var bytes = Convert.FromHexString("620A8180000100010000000002646200000100010264620000010001000002580004AC120002");

        DnsMessage.TryRead(bytes, out var message);

        Assert.That(message!.Answers[0], Is.EqualTo(new DnsRecord("db", DnsType.A, 600, new Rdata.Address(IpAddress.Parse("172.18.0.2")))));
    }

    [Test]
    public void A_pointer_to_itself_is_refused()
    {
        var bytes = Convert.FromHexString("000001000001000000000000" + "C00C00010001");

        Assert.That(DnsMessage.TryRead(bytes, out _), Is.False);
    }

    [Test]
    public void Two_pointers_to_each_other_are_refused()
    {
        var bytes = Convert.FromHexString("000001000002000000000000" + "C01200010001" + "C00C00010001");

        Assert.That(DnsMessage.TryRead(bytes, out _), Is.False);
    }

    [Test]
    public void A_name_made_longer_than_255_bytes_by_pointers_is_refused()
    {
        string label = "3F" + string.Concat(Enumerable.Repeat("61", 63));
        var bytes = Convert.FromHexString("000001000002000000000000" + string.Concat(Enumerable.Repeat(label, 3)) + "00" + "00010001" + label + "C00C" + "00010001");

        Assert.That(DnsMessage.TryRead(bytes, out _), Is.False);
    }

    [Test]
    public void Odd_bytes_in_a_name_are_escaped_and_come_back()
    {
        var bytes = Convert.FromHexString("000001000001000000000000" + "04612E00FF" + "00" + "00010001");

        DnsMessage.TryRead(bytes, out var message);

        Assert.That((message!.Questions[0].Name, Convert.ToHexString(message.ToBytes())), Is.EqualTo((@"a\.\000\255", Convert.ToHexString(bytes))));
    }

    [Test]
    public void A_message_cut_anywhere_is_refused()
    {
        var whole = Everything.ToBytes();

        var read = Enumerable.Range(0, whole.Length).Where(n => DnsMessage.TryRead(whole.AsSpan(0, n), out _));

        Assert.That(read, Is.Empty);
    }

    [Test]
    public void Random_and_damaged_bytes_never_throw()
    {
        var chance = new Random(1);
        var whole = Everything.ToBytes();
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            var bytes = i % 2 == 0 ? new byte[chance.Next(0, 200)] : [.. whole];
            if (i % 2 == 0) chance.NextBytes(bytes);
            else for (int n = 0; n < 3; n++) bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            if (DnsMessage.TryRead(bytes, out var m) && DnsMessage.TryRead(m.ToBytes(), out _)) read++;
        }
        Assert.That(read, Is.Positive);
    }

    [TestCase("")]
    [TestCase("example.test.")]
    public void A_trailing_dot_and_the_root_are_names_too(string name) =>
        Assert.That(DnsMessage.TryRead(DnsMessage.Query(1, name, DnsType.Ns).ToBytes(), out var m) && m.Questions[0].Name == name.TrimEnd('.'));

    [Test]
    public void A_label_of_64_bytes_cannot_be_written() =>
        Assert.That(() => DnsMessage.Query(1, new string('a', 64), DnsType.A).ToBytes(), Throws.TypeOf<FormatException>());
}
