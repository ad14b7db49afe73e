using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Doors;

/// <summary>Commands of docker that have little to do with networks, as they stand in people's notes.</summary>
public sealed class DockerWordsTests
{
    private static readonly string[] Before = ["docker run -d --name web -p 8080:80 lab/web", "docker run --name said lab/tools sh -c 'echo one; echo two; echo three >&2'"];

    [TestCase("docker logs said", "one\ntwo\n", "three\n")]
    [TestCase("docker logs --tail 1 said", "two\n", "three\n")]
    [TestCase("docker logs nobody", "", "Error response from daemon: No such container: nobody\n")]
    [TestCase("docker exec -w /srv web pwd", "/srv\n", "")]
    [TestCase("docker exec -u nobody web id", "uid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)\n", "")]
    [TestCase("docker exec -u 1000 web id -u", "1000\n", "")]
    [TestCase("docker exec -e A=b web sh -c 'echo $A'", "b\n", "")]
    [TestCase("docker run --rm --entrypoint echo lab/tools hi", "hi\n", "")]
    [TestCase("docker attach said", "", "cannot attach to a stopped container, start it first\n")]
    [TestCase("docker volume rm none", "", "Error response from daemon: get none: no such volume\n")]
    [TestCase("docker image ls --format '{{.Repository}}' lab/web", "lab/web\n", "")]
    [TestCase("docker build .", "", "netsim: docker build is not modelled\n")]
    public async Task A_command_says_what_the_engine_says(string line, string output, string error)
    {
        var step = (await Run("28", line)).Steps[^1]!;

        Assert.That((step["stdout"]!.ToString(), step["stderr"]!.ToString()), Is.EqualTo((output, error)));
    }

    [Test]
    public async Task Logs_of_a_container_that_was_started_again_go_on()
    {
        var steps = (await Run("28", "docker start said", "sleep 1", "docker logs said")).Steps;

        Assert.That(steps[^1]!["stdout"]!.ToString(), Is.EqualTo("one\ntwo\none\ntwo\n"));
    }

    [Test]
    public async Task Top_shows_the_programs_of_a_container()
    {
        var steps = (await Run("28", "docker exec -d web sleep 100", "docker top web")).Steps;

        Assert.That(steps[^1]!["stdout"]!.ToString().Split('\n').Select(l => l.Split("00:00:00")[^1].Trim()), Is.EqualTo(new[] { "UID                 PID                 PPID                C                   STIME               TTY                 TIME                CMD",
            "sh -c hostname >/www/name; exec httpd -f -p 80 -h /www", "sleep 100", "" }));
    }

    [Test]
    public async Task A_prune_of_the_system_takes_stopped_containers_and_unused_networks()
    {
        var steps = (await Run("28", "docker network create idle", "docker system prune -f", "docker ps -a --format '{{.Names}}'", "docker network ls --format '{{.Name}}'")).Steps;

        Assert.That(steps[^2]!["stdout"]!.ToString() + steps[^1]!["stdout"], Is.EqualTo("web\nbridge\nhost\nnone\n"));
    }

    [TestCase("docker cp web:/etc/hosts .", "docker cp is not modelled: no file was copied")]
    [TestCase("docker stats --no-stream", "docker stats: use of processor")]
    [TestCase("docker system df", "docker system df is not modelled")]
    [TestCase("docker run -d strange/thing", "image strange/thing is not in the image catalogue")]
    public async Task What_is_not_modelled_is_one_warning(string line, string warning)
    {
        var warnings = (await Run("28", line)).Warnings;

        Assert.That(warnings.Where(w => w.Contains(warning, StringComparison.Ordinal)), Has.Exactly(1).Items);
    }

    private static async Task<(JsonArray Steps, List<string> Warnings)> Run(string engine, params string[] lines)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("words").FullName, "words.sh");
        await File.WriteAllLinesAsync(file, [.. Before, .. lines]);
        var told = JsonNode.Parse((await Spoken.By("run", file, "--engine", engine, "--format", "json")).Output)!;
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return (told["steps"]!.AsArray(), [.. told["warnings"]!.AsArray().Select(w => w!.ToString())]);
    }
}
