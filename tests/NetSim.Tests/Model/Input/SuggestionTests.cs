using NetSim.Model.Input;
using NUnit.Framework;

namespace NetSim.Tests.Model.Input;

public sealed class SuggestionTests
{
    [TestCase("frontned", ExpectedResult = "; did you mean \"frontend\"?")]
    [TestCase("frontend2", ExpectedResult = "; did you mean \"frontend\"?")]
    [TestCase("bakcend", ExpectedResult = "; did you mean \"backend\"?")]
    [TestCase("monitoring", ExpectedResult = "")]
    [TestCase("d", ExpectedResult = "; did you mean \"db\"?")]
    [TestCase("", ExpectedResult = "")]
    public string The_nearest_word_is_proposed(string word) => Suggestion.For(word, ["frontend", "backend", "db"]);

    [Test]
    public void Of_two_that_are_equally_near_the_first_by_the_alphabet_is_proposed() =>
        Assert.That(Suggestion.For("web3", ["web2", "web1"]), Does.Contain("web1"));

    [Test]
    public void Without_known_words_nothing_is_proposed() =>
        Assert.That(Suggestion.For("app", []), Is.Empty);

    [TestCase("", "abc", 3)]
    [TestCase("abc", "abc", 0)]
    [TestCase("abc", "acb", 1)]
    [TestCase("kitten", "sitting", 3)]
    public void Edits_are_counted(string a, string b, int edits) =>
        Assert.That(Suggestion.Distance(a, b), Is.EqualTo(edits));

    [Test]
    public void The_distance_is_the_same_both_ways() => Property.Holds<(uint A, uint B)>(x =>
        Suggestion.Distance($"{x.A:x}", $"{x.B:x}") == Suggestion.Distance($"{x.B:x}", $"{x.A:x}"));
}
