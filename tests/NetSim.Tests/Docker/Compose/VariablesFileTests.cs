using NetSim.Docker.Compose.Language;
using NetSim.Model.Input;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

public sealed class VariablesFileTests
{
    [TestCase("A=1", "1")]
    [TestCase("A = 1 ", "1")]
    [TestCase("A: 1", "1")]
    [TestCase("export A=1", "1")]
    [TestCase("# remark\n\nA=1 # one", "1")]
    [TestCase("A=1#one", "1#one")]
    [TestCase("A='1 # $B'", "1 # $B")]
    [TestCase("A=\"1\\n2\"", "1\n2")]
    [TestCase("A=\"two\nlines\"", "two\nlines")]
    [TestCase("B=x\nA=${B}y", "xy")]
    [TestCase("A=${OUTER}", "out")]
    [TestCase("OUTER=mine\nA=${OUTER}", "out")]
    [TestCase("A=\"\\$B\"", "$B")]
    [TestCase("A=", "")]
    [TestCase("A=x\r\nB=y\r\n", "x")]
    [TestCase("\uFEFFA=bom", "bom")]
    [TestCase("A=1\nA=2", "2")]
    public void A_value_is_read_as_Compose_reads_it(string text, string value) => Assert.That(Read(text)["A"], Is.EqualTo(value));

    [Test]
    public void A_name_alone_takes_the_value_from_outside() => Assert.That(Read("OUTER\nNOWHERE\n"), Is.EqualTo(new Dictionary<string, string> { ["OUTER"] = "out" }));

    [TestCase("A=1\nwhat is this\n", ".env:2:1: ")]
    [TestCase("A=1\nB='never closed\n", ".env:2:1: ")]
    public void A_line_that_is_none_is_named(string text, string place) => Assert.That(() => Read(text), Throws.TypeOf<InputException>().With.Message.StartsWith(place));

    private static IReadOnlyDictionary<string, string> Read(string text) => VariablesFile.Read(".env", text, n => n == "OUTER" ? "out" : null);
}
