using NetSim.Docker.Compose.Reading;
using NetSim.Model.Input;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

public sealed class ComposeYamlTests
{
    [TestCase("80", "80", ScalarKind.Integer)]
    [TestCase("\"80\"", "80", ScalarKind.Text)]
    [TestCase("0x1F", "31", ScalarKind.Integer)]
    [TestCase("0o17", "15", ScalarKind.Integer)]
    [TestCase("0755", "493", ScalarKind.Integer)]
    [TestCase("1_000", "1000", ScalarKind.Integer)]
    [TestCase("-3", "-3", ScalarKind.Integer)]
    [TestCase("1.10", "1.1", ScalarKind.Float)]
    [TestCase(".5", "0.5", ScalarKind.Float)]
    [TestCase("true", "true", ScalarKind.Boolean)]
    [TestCase("yes", "yes", ScalarKind.Text)]
    [TestCase("~", "", ScalarKind.Null)]
    [TestCase("22:22", "22:22", ScalarKind.Text)]
    [TestCase("1.2.3.4", "1.2.3.4", ScalarKind.Text)]
    [TestCase("!!str 80", "80", ScalarKind.Text)]
    [TestCase("99999999999999999999", "1e+20", ScalarKind.Float)]
    [TestCase("1234567.5", "1.2345675e+06", ScalarKind.Float)]
    [TestCase("-0.00001", "-1e-05", ScalarKind.Float)]
    public void A_plain_word_is_what_Composes_reader_takes_it_for(string text, string value, object kind)
    {
        var scalar = (ComposeScalar)Read($"a: {text}\n")["a"]! ?? (ComposeScalar)Read($"a: {text}\n").Find("a")!.Value;

        Assert.That((scalar.Text, (object)scalar.Type), Is.EqualTo((value, kind)));
    }

    [Test]
    public void Own_keys_win_over_merged_ones_and_the_first_merged_one_over_the_second()
    {
        var map = (ComposeMap)Read("x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2, d: 2 }\nz:\n  <<: [*x, *y]\n  d: 3\n")["z"]!;

        Assert.That(map.Entries.ToDictionary(e => e.Key, e => ((ComposeScalar)e.Value).Text), Is.EqualTo(new Dictionary<string, string> { ["a"] = "1", ["b"] = "1", ["c"] = "2", ["d"] = "3" }));
    }

    [Test]
    public void A_value_knows_its_place() => Assert.That(((ComposeMap)Read("a:\n  b: 1\n")["a"]!)["b"]!.Place, Is.EqualTo(new ComposePlace("c.yaml", 2, 6)));

    [TestCase("a: 1\nb: 2\na: 3\n", "c.yaml:3:1: the key \"a\" is already defined at line 1")]
    [TestCase("a: *b\n", "c.yaml:1:4: the alias *b has no anchor before it")]
    [TestCase("a: &a [ *a ]\n", "c.yaml:1:9: the alias *a stands inside its own anchor, so it would never end")]
    [TestCase("a: 1\n<<: 2\n", "c.yaml:2:5: \"<<\" merges a mapping or a list of mappings, but this is a number")]
    [TestCase("80: a\n", "c.yaml:1:1: a key must be a string, but this is a number; write it in quotes: \"80\"")]
    [TestCase("[a]: b\n", "c.yaml:1:1: a key must be a string, but it is a list")]
    [TestCase("- a\n", "c.yaml:1:1: the top of a Compose file must be a mapping, but it is a list")]
    public void What_can_not_be_meant_is_named_with_its_place(string text, string complaint) => Assert.That(() => Read(text), Throws.TypeOf<InputException>().With.Message.EqualTo(complaint));

    [TestCase("a: [\n")]
    [TestCase("a: {b\n")]
    [TestCase("a: \"b\n")]
    [TestCase("a:\n\tb: 1\n")]
    [TestCase("a: b: c\n")]
    [TestCase("%YAML 9.9\n---\na\n")]
    public void What_is_no_YAML_is_refused_in_one_line(string text) => Assert.That(() => Read(text), Throws.TypeOf<InputException>().With.Message.Not.Contains("\n"));

    [Test]
    public void A_billion_laughs_end_in_one_line()
    {
        string text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

        Assert.That(() => Read(text), Throws.TypeOf<InputException>().With.Message.EndsWith("aliases make more than 100000 values of this file; write fewer of them"));
    }

    [Test]
    public void Merges_of_merges_that_grow_without_end_are_refused()
    {
        string text = "a0: &a0 { k0: { x: 1, y: 2 }, l0: { x: 1 } }\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} {{ p{i}: *a{i - 1}, q{i}: {{ <<: *a{i - 1} }} }}\n"));

        Assert.That(() => Read(text), Throws.TypeOf<InputException>().With.Message.Contains("more than 100000 values"));
    }

    [TestCase('[')]
    [TestCase('{')]
    public void Brackets_without_end_are_refused(char bracket) => Assert.That(() => Read("a: " + new string(bracket, 200_000)), Throws.TypeOf<InputException>());

    [Test]
    public void Blocks_nested_without_end_are_refused() =>
        Assert.That(() => Read(string.Concat(Enumerable.Range(0, 500).Select(i => new string(' ', i) + "a:\n"))), Throws.TypeOf<InputException>().With.Message.Contains("nested more than 64 deep"));

    [Test]
    public void Bytes_of_any_kind_are_read_or_refused_but_never_thrown_over()
    {
        var chance = new Random(7);
        const string Letters = "a:-[]{}&*!<|>'\"#%@`,? \n\t0$\\é\u2028";

        for (int i = 0; i < 3000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, chance.Next(60)).Select(_ => Letters[chance.Next(Letters.Length)]));
            try
            {
                ComposeYaml.Read("c.yaml", text);
            }
            catch (InputException e)
            {
                Assert.That(e.Message, Does.StartWith("c.yaml").And.Not.Contains("\n"), text);
            }
        }
    }

    private static ComposeMap Read(string text) => ComposeYaml.Read("c.yaml", text)[0];
}
