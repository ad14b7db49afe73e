using NetSim.Docker.Compose;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

public sealed class ComposeLineTests
{
    [Test]
    public void Flags_before_the_verb_say_which_project()
    {
        var wish = Parse("-f a.yaml --file=b.yaml -p mine --profile x --env-file e up -d").Wish;

        Assert.That((string.Join(' ', wish.Files), wish.FilesAlone, wish.Name, wish.Profiles[0], wish.EnvFiles[0]), Is.EqualTo(("a.yaml b.yaml", true, "mine", "x", "e")));
    }

    [Test]
    public void Flags_of_up_say_what_is_chosen()
    {
        var choice = Parse("up -d --scale web=3 --no-deps --force-recreate --remove-orphans --no-start web db").Choice;

        Assert.That((choice.Scale["web"], choice.NoDependencies, choice.ForceRecreate, choice.RemoveOrphans, choice.NoStart, string.Join(' ', choice.Services)), Is.EqualTo((3, true, true, true, true, "web db")));
    }

    [Test]
    public void What_follows_the_service_of_exec_belongs_to_the_container()
    {
        var line = Parse("exec -T --index 2 -e A=1 web ping -c 1 db");

        Assert.That((line.Index, string.Join(' ', line.Arguments), string.Join(' ', line.Passed)), Is.EqualTo((2, "web ping -c 1 db", "-e A=1")));
    }

    [TestCase("", "docker compose: say what to do, such as docker compose up -d")]
    [TestCase("pu -d", "unknown docker command: \"compose pu\"; did you mean \"ps\"?")]
    [TestCase("up --detached", "docker compose: unknown flag: --detached")]
    [TestCase("up --scale web", "invalid --scale option \"web\"; should be SERVICE=NUM")]
    [TestCase("exec web", "docker compose exec requires a service and a command")]
    public void A_line_that_is_none_says_why(string line, string complaint) => Assert.That(() => Parse(line), Throws.TypeOf<FormatException>().With.Message.EqualTo(complaint));

    private static ComposeLine Parse(string line) => ComposeLine.Parse(LabHost.Words(line));
}
