using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Doors;

public sealed class ExplainTests
{
    private static string Isolation => Path.Combine(Recorded.Folder("28.5.2", "22-isolation"), "steps.sh");

    [Test]
    public async Task The_rule_that_drops_a_packet_is_named_with_its_place_and_origin()
    {
        var told = JsonNode.Parse((await Spoken.By("explain", Isolation, "--from", "a1", "--to", "172.19.0.2:80", "--format", "json")).Output)!;

        Assert.That(told["hops"]![1]!["steps"]![0]!.AsObject().Select(p => $"{p.Key}={p.Value}"), Is.SupersetOf(new[] { "kind=filter", "table=raw", "chain=PREROUTING", "rule_number=2", "origin=container b1" }));
    }

    [Test]
    public async Task What_is_not_delivered_exits_with_1()
    {
        var said = await Spoken.By("explain", Isolation, "--from", "a1", "--to", "b1:80");

        Assert.That(said.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task A_remedy_was_tried_and_says_what_else_it_opens()
    {
        var told = JsonNode.Parse((await Spoken.By("explain", Isolation, "--from", "a1", "--to", "b1:80", "--format", "json")).Output)!;

        Assert.That((told["remedy"]!.ToString(), told["remedy_proven"]!.GetValue<bool>(), told["remedy_opens"]!.AsArray().Count), Is.EqualTo(("docker network connect netb a1", true, 2)));
    }

    [Test]
    public async Task Engines_that_differ_are_told_in_one_line_with_the_rule_of_each()
    {
        var told = JsonNode.Parse((await Spoken.By("explain", Isolation, "--from", "a1", "--to", "172.19.0.2:80", "--engine", "26,28", "--format", "json")).Output)!;

        Assert.That(told["differs"]!.AsArray().Single()!.ToString(), Does.Contain("DOCKER-ISOLATION-STAGE-2").And.Contain("raw PREROUTING"));
    }

    [Test]
    public async Task A_change_is_answered_with_the_pairs_whose_fate_it_changes()
    {
        var told = JsonNode.Parse((await Spoken.By("explain", Isolation, "--from", "a1", "--to", "b1:80", "--with", "docker network connect netb a1", "--format", "json")).Output)!;

        Assert.That((told["before"]!["verdict"]!.ToString(), told["after"]!["verdict"]!.ToString(), told["changed"]!.AsArray().Count), Is.EqualTo(("unresolved", "delivered", 3)));
    }

    [TestCase("outside", "web:80", "delivered", "filter-forward-in__", "tcp dport 80 counter accept", "container web, -p 8080:80")]
    [TestCase("q1", "172.18.0.2:80", "dropped", "raw-PREROUTING", "comment \"DROP DIRECT ACCESS\"", "container web")]
    [TestCase("q1", "q2:80", "dropped", "filter-forward-in__", "counter drop comment \"ICC\"", "network quiet, enable_icc=false")]
    public async Task With_the_nftables_backend_a_verdict_names_chain_and_rule_in_the_words_of_nft(string from, string to, string verdict, string chain, string rule, string origin)
    {
        var told = JsonNode.Parse((await Spoken.By("explain", Path.Combine(Tree.Root, "scenarios/nftables.yaml"), "--from", from, "--to", to == "web:80" ? "host:8080" : to, "--format", "json")).Output)!;
        var steps = told["hops"]!.AsArray().SelectMany(h => h!["steps"]!.AsArray()).Where(s => s!["table"]?.ToString() == "ip docker-bridges").Select(s => $"{s!["chain"]} {s["rule"]} ({s["origin"]})");

        bool named = steps.Any(s => s.StartsWith(chain, StringComparison.Ordinal) && s.EndsWith($"{rule} ({origin})", StringComparison.Ordinal));

        Assert.That((told["verdict"]!.ToString(), named), Is.EqualTo((verdict, true)));
    }

    [Test]
    public async Task A_bundle_of_two_files_is_enough()
    {
        string folder = Directory.CreateTempSubdirectory("netsim").FullName;
        foreach (string f in new[] { "network-inspect.json", "container-inspect.json" }) File.Copy(Path.Combine(Recorded.Folder("28.5.2", "22-isolation"), f), Path.Combine(folder, f));

        var told = JsonNode.Parse((await Spoken.By("explain", folder, "--from", "a1", "--to", "172.19.0.2:80", "--format", "json")).Output)!;
        Directory.Delete(folder, recursive: true);

        Assert.That(told["verdict"]!.ToString(), Is.EqualTo("dropped"));
    }

    [Test]
    public async Task A_remedy_is_tried_on_a_bundle_too()
    {
        var told = JsonNode.Parse((await Spoken.By("explain", Recorded.Folder("28.5.2", "22-isolation"), "--from", "a1", "--to", "b1:80", "--format", "json")).Output)!;

        Assert.That((told["verdict"]!.ToString(), told["remedy"]!.ToString(), told["remedy_proven"]!.GetValue<bool>()), Is.EqualTo(("unresolved", "docker network connect netb a1", true)));
    }

    [Test]
    public async Task The_matrix_has_every_container_at_every_port()
    {
        var told = JsonNode.Parse((await Spoken.By("explain", Isolation, "--all", "--format", "json")).Output)!;

        Assert.That(told["matrix"]!.AsArray().Select(c => $"{c!["from"]} {c["to"]} {c["verdict"]}"), Is.SupersetOf(new[] { "a1 b1:80 unresolved", "outside host:8080 delivered", "host b1:80 unresolved" }));
    }

    [TestCase("--from web2 --to db", "did you mean \"web\"?")]
    [TestCase("--from web --to db:99999", "a port from 1 to 65535")]
    [TestCase("--from web --to db --protocol tcp", "tcp needs a port")]
    [TestCase("--from web --to db --with 'docker frobnicate'", "fails")]
    public async Task A_question_that_cannot_be_meant_gets_one_line(string options, string hint)
    {
        var said = await Spoken.By([.. new[] { "explain", Path.Combine(Tree.Root, "scenarios/two-networks.yaml") }, .. Words(options)]);

        Assert.That(said.ExitCode, Is.EqualTo(3));
        Assert.That(said.Complaints.Last(), Does.Contain(hint));
    }

    [TestCase("explain", "say who asks and for whom")]
    [TestCase("check", "there is nothing to check")]
    public async Task A_verb_without_a_question_is_wrong_usage(string verb, string hint)
    {
        var said = await Spoken.By(verb, Path.Combine(Tree.Root, "scenarios/two-networks.yaml"));

        Assert.That((said.ExitCode, said.Complaints.Single().Contains(hint, StringComparison.Ordinal)), Is.EqualTo((2, true)));
    }

    private static IEnumerable<string> Words(string options) => options.Split('\'').SelectMany((p, i) => i % 2 == 1 ? [p] : p.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
