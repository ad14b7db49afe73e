using NUnit.Framework;
using NetSim.Scenarios.Reading;

namespace NetSim.Tests.Scenarios;

/// <summary>Expected values by Python 3.11, shlex.split.</summary>
public sealed class ShellWordsTests
{
    [TestCase("docker run -d  --name c1", "docker|run|-d|--name|c1")]
    [TestCase("a 'b c'\"d e\"f", "a|b cd ef")]
    [TestCase("sh -c 'printf \"x\\n\" >/etc/r'", "sh|-c|printf \"x\\n\" >/etc/r")]
    [TestCase("a\\ b \"c\\\"d\\e\"", "a b|c\"d\\e")]
    [TestCase("network create ''", "network|create|")]
    [TestCase("-f '{{.Name}} [{{.IP}}]' c # no remark", "-f|{{.Name}} [{{.IP}}]|c|#|no|remark")]
    public void Words_are_split_as_shlex_does(string line, string words) =>
        Assert.That(string.Join('|', ShellWords.Split(line)), Is.EqualTo(words));

    [TestCase("echo 'never closed")]
    [TestCase("echo \"never closed")]
    [TestCase("echo \\")]
    public void An_open_quotation_is_refused(string line) =>
        Assert.That(() => ShellWords.Split(line), Throws.TypeOf<FormatException>());

    [Test]
    public void Joined_words_are_split_into_the_same_words()
    {
        string[] words = ["a b", "", "it's", "\"q\"", "$x", "plain-1.2:3/4"];

        Assert.That(ShellWords.Split(ShellWords.Join(words)), Is.EqualTo(words));
    }
}
