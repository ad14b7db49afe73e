using System.IO.Compression;
using System.Text.Json.Nodes;
using NetSim.Model.Input;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;
using NetSim.Workbench.Opening;
using NUnit.Framework;

namespace NetSim.Tests.Workbench.Opening;

/// <summary>Bundles of hosts that no laboratory set up: other tools' rules, other drivers, fields that are missing, files that are damaged.</summary>
public sealed class ForeignBundleTests
{
    private const string Network = """{"Name":"app","Id":"aaaaaaaaaaaabbbbbbbbbbbbccccccccccccddddddddddddeeeeeeeeeeee01234567","Driver":"bridge","IPAM":{"Config":[{"Subnet":"10.7.0.0/24"}]}}""";
    private const string Container = """{"Name":"/web","Id":"1111111111112222222222223333333333334444444444445555555555550123","State":{"Status":"running"},"NetworkSettings":{"Networks":{"app":{"EndpointID":"e","IPAddress":"10.7.0.9","IPPrefixLen":24,"MacAddress":"02:42:0a:07:00:09"}}}}""";
    private string _scratch = "";

    [SetUp]
    public void Make_a_folder() => _scratch = Directory.CreateTempSubdirectory("bundle").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_scratch, recursive: true);

    [Test]
    public void Rules_of_other_tools_beside_Dockers_are_not_Dockers()
    {
        Copy("28.5.2", "25-publish", "network-inspect.json", "container-inspect.json", "host-iptables.txt");
        Edit("host-iptables.txt", t => t.Replace("-A FORWARD -j DOCKER-USER\n", "-A FORWARD -j ufw-before-forward\n-A FORWARD -j DOCKER-USER\n-A DOCKER-USER -s 10.0.0.0/8 -j DROP\n-A ufw-before-forward -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n", StringComparison.Ordinal)
            .Replace(":DOCKER-USER - [0:0]\n", ":DOCKER-USER - [0:0]\n:ufw-before-forward - [0:0]\n", StringComparison.Ordinal));

        var foreign = Rules(BundleOpening.Read(_scratch)).Where(r => r.Origin == Origin.NotDockers).Select(r => r.ToString());

        Assert.That(foreign, Is.EquivalentTo(new[] { "-j ufw-before-forward", "-s 10.0.0.0/8 -j DROP", "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT" }));
    }

    [Test]
    public void A_rule_of_Dockers_that_somebody_took_away_is_missing_and_says_what_should_have_brought_it()
    {
        Copy("28.5.2", "25-publish", "network-inspect.json", "container-inspect.json", "host-iptables.txt");
        Edit("host-iptables.txt", t => string.Join('\n', t.Split('\n').Where(l => !l.Contains("--dport 8080 ", StringComparison.Ordinal))));

        Assert.That(BundleOpening.Read(_scratch).Missing.Select(m => m.ToString()), Has.Some.Match(@"^rule of container \w+, -p 8080:80 is missing in host iptables nat DOCKER: .*--dport 8080 -j DNAT"));
    }

    [Test]
    public void A_rule_says_which_option_brought_it()
    {
        Copy("20.10.24", "25-publish", "network-inspect.json", "container-inspect.json", "host-iptables.txt");

        Assert.That(Rules(BundleOpening.Read(_scratch)).Select(r => r.Origin.Option), Has.Member("-p 127.0.0.1:8081:80").And.Member("-p 8080:80"));
    }

    [Test]
    public void Two_rows_with_little_more_than_names_are_enough()
    {
        Write($"[{Network}]", $"[{Container}]");

        Assert.That(BundleOpening.Read(_scratch).Topology()["web"].Interfaces.Select(i => $"{i.Name} {i.Addresses[0]}"), Is.EqualTo(new[] { "lo 127.0.0.1/8", "eth0 10.7.0.9/24" }));
    }

    [TestCase("overlay", "overlay network (Swarm), which is not modelled")]
    [TestCase("weavemesh", "the plugin weavemesh, which is not modelled")]
    public void A_network_of_another_driver_is_left_out_with_a_sentence(string driver, string sentence)
    {
        Write($"[{Network},{Network.Replace("bridge", driver, StringComparison.Ordinal).Replace("app", "far", StringComparison.Ordinal)}]", "[]");

        Assert.That(BundleOpening.Read(_scratch).Warnings, Has.One.Contains(sentence));
    }

    [TestCase("""[{"name":"podman","id":"1","driver":"bridge","network_interface":"podman0"}]""", "[]")]
    [TestCase("[]", """[{"Id":"1","Name":"web","ImageName":"docker.io/nginx","OCIRuntime":"crun"}]""")]
    public void The_output_of_Podman_is_refused_in_a_sentence(string networks, string containers)
    {
        Write(networks, containers);

        Assert.That(() => BundleOpening.Read(_scratch), Throws.InstanceOf<InputException>().With.Message.Contains("is the output of Podman"));
    }

    [Test]
    public void What_is_wrong_is_told_with_its_line()
    {
        Write("[\n " + Network + ",\n {\"Name\": \"x\",\n  \"Id\": 7}\n]", "[]");

        Assert.That(() => BundleOpening.Read(_scratch), Throws.InstanceOf<InputException>().With.Message.EndsWith("network-inspect.json:4: $[1].Id: a string was expected"));
    }

    [TestCase("""{"Client":{"Version":"29.0.1"},"Server":{"Version":"27.3.1"}}""", "27.3.1")]
    [TestCase("""{"server":"20.10.24+dfsg1"}""", "20.10.24")]
    [TestCase("""{"Server":{"Version":"5.4.0-podman"}}""", "28.5.2")]
    public void The_version_is_that_of_docker_version(string version, string expected)
    {
        Write($"[{Network}]", $"[{Container}]");
        File.WriteAllText(Path.Combine(_scratch, "version.json"), version);

        Assert.That(BundleOpening.Read(_scratch).Version, Is.EqualTo(expected));
    }

    [Test]
    public void The_version_that_a_person_says_is_taken()
    {
        Write($"[{Network}]", $"[{Container}]");

        Assert.That(BundleOpening.Read(_scratch, "26").Version, Is.EqualTo("26.1.5"));
    }

    [Test]
    public void An_engine_that_was_read_goes_on_where_it_stands()
    {
        Copy("28.5.2", "01-seed", "network-inspect.json", "container-inspect.json");
        var engine = BundleOpening.Read(_scratch).Engine.Engine;

        var result = engine.Execute(["run", "-d", "--name", "more", "--net", "app", "lab/web"], new());

        Assert.That(result.Changes.OfType<Change.LeaseMade>().Select(l => $"{l.Address}"), Is.EqualTo(new[] { "172.18.0.5" }));
    }

    [TestCase("20.10.24")]
    [TestCase("26.1.5")]
    [TestCase("28.5.2")]
    public void What_was_read_is_written_back_as_it_was(string engine)
    {
        Copy(engine, "31-none-host-container", "network-inspect.json", "container-inspect.json");
        var back = BundleOpening.Read(_scratch).Engine.Engine;

        var (networks, containers) = (Modelled(back.InspectNetworks()), Modelled(back.InspectContainers()));

        Assert.That((networks, containers), Is.EqualTo((Modelled(Json("network-inspect.json")), Modelled(Json("container-inspect.json")))));
    }

    [Test]
    public void No_field_that_is_missing_or_null_or_strange_does_harm([Values("network-inspect.json", "container-inspect.json")] string file, [Values("gone", "null", "strange")] string how)
    {
        Copy("28.5.2", "31-none-host-container", "network-inspect.json", "container-inspect.json");
        string text = File.ReadAllText(Path.Combine(_scratch, file));
        var bad = new List<string>();
        for (int n = 0; Without(text, n, how) is { } changed; n++)
        {
            File.WriteAllText(Path.Combine(_scratch, file), changed);
            if (Fault() is { } fault) bad.Add($"{n}: {fault}");
        }

        Assert.That(bad, Is.Empty);
    }

    [Test]
    public void Names_that_lead_out_of_a_zip_are_left_alone()
    {
        Write($"[{Network}]", $"[{Container}]");
        string zip = Path.Combine(_scratch, "b.zip");
        using (var z = ZipFile.Open(zip, ZipArchiveMode.Create))
            foreach (string name in new[] { "top/network-inspect.json", "top/container-inspect.json", "../host.json", "top/containers/../../x.json" })
                z.CreateEntryFromFile(Path.Combine(_scratch, name.Contains("container-", StringComparison.Ordinal) ? "container-inspect.json" : "network-inspect.json"), name);

        Assert.That(BundleOpening.Read(zip).Topology().Containers.Select(c => c.Name), Is.EqualTo(new[] { "web" }));
    }

    private static IEnumerable<Rule> Rules(OpenedBundle bundle) => bundle.Topology()["host"].Rules.Tables.SelectMany(t => t.Chains).SelectMany(c => c.Rules);

    /// <summary>The fields that follow from networking, without what only the engine's clock knows.</summary>
    private static string Modelled(JsonNode? rows) => string.Join('\n', rows!.AsArray().Select(r => r!.AsObject()).OrderBy(r => r["Name"]!.ToString(), StringComparer.Ordinal).Select(r => string.Join(' ', r["Name"], r["Id"], r["Driver"]?.ToString() is "overlay2" or "vfs" or "overlayfs" ? "" : r["Driver"],
        r["IPAM"]?["Config"]?.ToJsonString(), r["Options"]?.ToJsonString(), r["Labels"]?.ToJsonString(), r["Internal"], r["EnableIPv6"], r["HostConfig"]?["NetworkMode"], r["HostConfig"]?["PortBindings"]?.ToJsonString(), r["HostConfig"]?["ExtraHosts"]?.ToJsonString(),
        r["NetworkSettings"]?["Ports"]?.ToJsonString(), r["NetworkSettings"]?["Networks"]?.ToJsonString(), r["State"]?["Status"], r["Config"]?["Hostname"])));

    private JsonNode? Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(_scratch, file)));

    private string? Fault()
    {
        try
        {
            BundleOpening.Read(_scratch).Topology();
            return null;
        }
        catch (InputException)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}";
        }
    }

    /// <summary>The text with its n-th field gone, null or a word; null when there are not so many.</summary>
    private static string? Without(string text, int n, string how)
    {
        var root = JsonNode.Parse(text)!;
        var fields = Fields(root).Skip(n).Take(1).ToList();
        if (fields.Count == 0) return null;
        var (of, name) = fields[0];
        if (how == "gone") of.Remove(name);
        else of[name] = how == "null" ? null : "strange";
        return root.ToJsonString();
    }

    private static IEnumerable<(JsonObject Of, string Name)> Fields(JsonNode? node) => node switch
    {
        JsonObject o => o.ToList().SelectMany(p => Fields(p.Value).Prepend((o, p.Key))),
        JsonArray a => a.SelectMany(Fields),
        _ => [],
    };

    private void Copy(string engine, string name, params string[] files)
    {
        foreach (string f in files) File.Copy(Path.Combine(RecordedFolder.Of(engine, name), f), Path.Combine(_scratch, f));
    }

    private void Edit(string file, Func<string, string> edit) => File.WriteAllText(Path.Combine(_scratch, file), edit(File.ReadAllText(Path.Combine(_scratch, file))));

    private void Write(string networks, string containers)
    {
        File.WriteAllText(Path.Combine(_scratch, "network-inspect.json"), networks);
        File.WriteAllText(Path.Combine(_scratch, "container-inspect.json"), containers);
    }
}
