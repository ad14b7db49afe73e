using NetSim.Workbench.Opening;
using NetSim.Workbench.Questions;
using NUnit.Framework;

namespace NetSim.Tests.Workbench;

/// <summary>A single docker run as numbered steps.</summary>
public sealed class ChangeStoryTests
{
    private static readonly Lazy<IReadOnlyList<ToldStep>> Steps = new(Run);

    [TestCase("lease", "172.18.0.2 of network app for web, the next that is free", "")]
    [TestCase("namespace", "web: a network stack of its own, with lo 127.0.0.1/8", "")]
    [TestCase("address", "172.18.0.2/16 on eth0 of web", "--net app")]
    [TestCase("route", "web: default via 172.18.0.1 dev eth0", "--net app")]
    [TestCase("file", "/etc/resolv.conf of web: nameserver 127.0.0.11, options ndots:0", "")]
    [TestCase("proxy", "docker-proxy listens on 0.0.0.0:8080/tcp for 172.18.0.2:80", "-p 8080:80")]
    public void A_docker_run_tells_what_it_makes_and_which_option_asked_for_it(string kind, string text, string why) =>
        Assert.That(Steps.Value[1].Changes.Select(c => (c.Kind, c.Text, c.Why)), Has.Member((kind, text, why)));

    [Test]
    public void A_veth_pair_is_told_with_both_its_ends_and_whence_its_MAC_address_is() =>
        Assert.That(Steps.Value[1].Changes.Single(c => c.Kind == "veth").Text, Does.Match(@"^veth[0-9a-f]{7} of the host ⇄ eth0 of web, MAC 02:42:ac:12:00:02 \(from its address\)\z"));

    [Test]
    public void Sentences_are_numbered_in_each_step() =>
        Assert.That(Steps.Value.Select(s => s.Changes.Select(c => c.Number)), Is.All.Ordered.And.All.Unique);

    [Test]
    public void What_a_stop_undoes_is_told_as_undone() =>
        Assert.That(Steps.Value[2].Changes.Where(c => c.Undone).Select(c => c.Kind).Distinct(), Is.SupersetOf(new[] { "rule", "name", "interface", "lease", "namespace" }));

    private static IReadOnlyList<ToldStep> Run()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("story").FullName, "s.sh");
        File.WriteAllText(file, "docker network create app\ndocker run -d --name web --net app -p 8080:80 lab/web\ndocker stop web\n");
        var steps = ScenarioOpening.Run(file, "26", 1, CancellationToken.None).Steps;
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return steps;
    }
}
