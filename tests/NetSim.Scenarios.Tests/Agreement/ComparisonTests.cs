using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>The comparer itself: it must see what is wrong, and only that.</summary>
public sealed class ComparisonTests
{
    private static readonly string[] Engines = ["20.10.24", "28.5.2"];
    private static readonly string[] Cases = ["01-seed", "02-default-bridge", "03-golden-curl"];

    private static IEnumerable<object[]> Recordings => from e in Engines from c in Cases select new object[] { e, c };

    [TestCaseSource(nameof(Recordings))]
    public void A_recording_agrees_with_itself(string engine, string name) =>
        Assert.That(Comparison.Of(Open(engine, name), Open(engine, name)).Where(j => j.Outcome != Outcome.Holds), Is.Empty);

    [TestCaseSource(nameof(Recordings))]
    public void Every_category_has_facts(string engine, string name) =>
        Assert.That(Comparison.Of(Open(engine, name), Open(engine, name)).Select(j => j.Category).Distinct(), Is.EquivalentTo(new[] { "ipam", "links", "routes", "files", "firewall", "ports", "steps", "packets" }));

    [Test]
    public void An_empty_folder_misses_every_fact()
    {
        string empty = Directory.CreateTempSubdirectory("netsim").FullName;

        var judged = Comparison.Of(Open("20.10.24", "01-seed"), new Recording(empty));

        Directory.Delete(empty);
        Assert.That(judged.Select(j => j.Outcome).Distinct(), Is.EqualTo(new[] { Outcome.Missing }));
    }

    [Test]
    public void Two_engines_agree_on_what_the_wires_carry()
    {
        var judged = Comparison.Of(Open("20.10.24", "03-golden-curl"), Open("28.5.2", "03-golden-curl")).Where(j => j.Category == "packets" && j.Subject.Contains("tcp", StringComparison.Ordinal));

        Assert.That(judged.Where(j => j.Outcome != Outcome.Holds), Is.Empty);
    }

    [Test]
    public void Two_engines_differ_in_their_firewalls()
    {
        var judged = Comparison.Of(Open("20.10.24", "01-seed"), Open("28.5.2", "01-seed")).Where(j => j.Category == "firewall").ToList();

        Assert.That(judged.Count(j => j.Outcome == Outcome.Holds) * 100 / judged.Count, Is.InRange(10, 80));
    }

    [Test]
    public void Only_the_newer_engine_writes_remarks_into_resolv_conf()
    {
        var judged = Comparison.Of(Open("20.10.24", "01-seed"), Open("28.5.2", "01-seed")).Where(j => j.What == "resolv.conf: remarks");

        Assert.That(judged.Select(j => j.Outcome), Has.All.EqualTo(Outcome.Differs).And.Exactly(3).Items);
    }

    [Test]
    public void One_wrong_address_in_the_books_costs_one_fact()
    {
        using var copy = new CopyOf("20.10.24", "01-seed");
        copy.Change("container-inspect.json", containers => containers[0]!["NetworkSettings"]!["Networks"]!["app"]!["Gateway"] = "172.18.0.9");

        Assert.That(copy.Misses("20.10.24", "01-seed").Select(j => j.Category), Is.EqualTo(new[] { "ipam" }));
    }

    [Test]
    public void One_rule_too_few_costs_one_fact()
    {
        using var copy = new CopyOf("20.10.24", "01-seed");
        copy.Edit("host-iptables.txt", text => string.Join('\n', text.Split('\n').Where(l => !l.Contains("-j MASQUERADE", StringComparison.Ordinal) || !l.Contains("172.17.0.0/16", StringComparison.Ordinal))));

        Assert.That(copy.Misses("20.10.24", "01-seed").Select(j => (j.Category, j.Outcome)), Is.EqualTo(new[] { ("firewall", Outcome.Missing) }));
    }

    [Test]
    public void Another_exit_code_costs_one_fact()
    {
        using var copy = new CopyOf("28.5.2", "02-default-bridge");
        copy.Change("steps.json", steps => steps[^1]!["rc"] = 1);

        Assert.That(copy.Misses("28.5.2", "02-default-bridge").Select(j => (j.Category, j.What)), Is.EqualTo(new[] { ("steps", "exit code") }));
    }

    [Test]
    public void A_capture_that_is_missing_misses_all_that_was_heard_there()
    {
        using var copy = new CopyOf("28.5.2", "03-golden-curl");
        File.Delete(Path.Combine(copy.Folder, "pcap/ctr.web.eth0.pcap"));

        var misses = copy.Misses("28.5.2", "03-golden-curl");

        Assert.That(misses.Where(j => j.Outcome == Outcome.Missing).Select(j => j.Subject.Split(' ')[0]).Distinct(), Is.EqualTo(new[] { "ctr.web.eth0" }));
    }

    [Test]
    public void The_facts_of_a_web_request_are_those_that_a_reader_expects()
    {
        var talks = Facts.Of(Open("28.5.2", "03-golden-curl")).Conversations.Where(c => c.Key.Point == "ctr.c1.eth0" && c.Key.Parties.StartsWith("tcp", StringComparison.Ordinal)).SelectMany(c => c.Value).ToList();

        Assert.That(talks.Select(t => t["flow"]), Is.EqualTo(new[] { "C SYN, S SYN-ACK, C data, S data, both FIN", "C SYN, S SYN-ACK, C data, S data, both FIN" }));
    }

    private static Recording Open(string engine, string name) => new(Recorded.Folder(engine, name));

    /// <summary>A copy of a recording in which one thing is made wrong.</summary>
    private sealed class CopyOf : IDisposable
    {
        public CopyOf(string engine, string name)
        {
            Folder = Directory.CreateTempSubdirectory("netsim").FullName;
            string from = Recorded.Folder(engine, name);
            foreach (string f in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            {
                string to = Path.Combine(Folder, Path.GetRelativePath(from, f));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(f, to);
            }
        }

        public string Folder { get; }

        public void Edit(string file, Func<string, string> edit) => File.WriteAllText(Path.Combine(Folder, file), edit(File.ReadAllText(Path.Combine(Folder, file))));

        public void Change(string file, Action<JsonArray> change) => Edit(file, text =>
        {
            var rows = JsonNode.Parse(text)!.AsArray();
            change(rows);
            return rows.ToJsonString();
        });

        public List<Judged> Misses(string engine, string name) => Comparison.Of(Open(engine, name), new Recording(Folder)).Where(j => j.Outcome != Outcome.Holds).ToList();

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
