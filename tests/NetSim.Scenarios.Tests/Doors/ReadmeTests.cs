using System.Text.RegularExpressions;
using NUnit.Framework;
using SkiaSharp;

namespace NetSim.Scenarios.Tests.Doors;

/// <summary>What the README shows is what the program says and draws.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Tree.Root, "README.md"));

    [TestCase("scenarios/app-network.yaml", "docker run -d -p 4567")]
    public async Task Every_line_shown_of_a_story_is_printed(string story, string sign)
    {
        var spoken = await Spoken.By("run", Path.Combine(Tree.Root, story));
        var printed = Lines(spoken.Output).ToHashSet(StringComparer.Ordinal);

        var block = Blocks().Single(b => Regex.IsMatch(b, sign, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)));

        Assert.That(Lines(block).Where(l => !printed.Contains(l)), Is.Empty);
    }

    [TestCase("db:6379", null)]
    [TestCase("172.19.0.2:6379", "27,28")]
    public async Task Every_line_shown_of_an_explanation_is_printed(string to, string? engines)
    {
        string[] asked = ["explain", Path.Combine(Tree.Root, "scenarios/strangers.yaml"), "--from", "web", "--to", to, .. engines is null ? Array.Empty<string>() : ["--engine", engines]];
        var printed = Lines((await Spoken.By(asked)).Output).ToHashSet(StringComparer.Ordinal);

        var block = Blocks().Single(b => b.StartsWith("$ src/netsim explain", StringComparison.Ordinal) && b.Split('\n')[0].Contains(" " + to, StringComparison.Ordinal));

        Assert.That(Lines(block).Skip(1).Where(l => !printed.Contains(l)), Is.Empty);
    }

    [Test]
    public async Task Every_line_shown_of_a_replay_is_printed()
    {
        string picture = Path.Combine(Path.GetTempPath(), $"netsim-{Environment.ProcessId}.png");
        var spoken = await Spoken.By("replay", Path.Combine(Tree.Root, "captures/cut.pcap"), "--picture", picture);
        File.Delete(picture);
        string said = (spoken.Output + spoken.Error).Replace(Tree.Root + "/", "", StringComparison.Ordinal).Replace(picture, "cut.png", StringComparison.Ordinal);

        var block = Blocks().Single(b => b.Contains("$ src/netsim replay", StringComparison.Ordinal));

        Assert.That(Lines(block).Skip(1).Where(l => !Lines(said).Contains(l)), Is.Empty);
    }

    [Test]
    public async Task The_picture_on_top_is_the_one_that_is_drawn_today()
    {
        string drawn = Path.Combine(Path.GetTempPath(), $"netsim-top-{Environment.ProcessId}.png");
        await Spoken.By("run", Path.Combine(Tree.Root, "scenarios/app-network.yaml"), "--picture", drawn);
        using var today = SKBitmap.Decode(drawn);
        using var shown = SKBitmap.Decode(Path.Combine(Tree.Root, "scenarios/pictures/app-network.png"));
        File.Delete(drawn);

        Assert.That(Unlike(today, shown), Is.LessThan(0.001), "draw it anew: src/netsim run scenarios/app-network.yaml --picture scenarios/pictures/app-network.png");
    }

    /// <summary>The share of pixels that differ to the eye; another processor may round a shade.</summary>
    private static double Unlike(SKBitmap a, SKBitmap b)
    {
        if (a.Width != b.Width || a.Height != b.Height) return 1;
        var (x, y) = (a.Pixels, b.Pixels);
        int differ = 0;
        for (int i = 0; i < x.Length; i++)
            if (Math.Abs(x[i].Red - y[i].Red) > 24 || Math.Abs(x[i].Green - y[i].Green) > 24 || Math.Abs(x[i].Blue - y[i].Blue) > 24) differ++;
        return (double)differ / x.Length;
    }

    private static IEnumerable<string> Blocks() => Fenced().Matches(Readme).Select(m => m.Groups["text"].Value);

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0);

    [GeneratedRegex("^```\\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Fenced();
}
