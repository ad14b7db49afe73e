using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Stories;

/// <summary>A Compose project as a whole: what inspect shows of it, and what becomes of it on each engine.</summary>
public sealed class ComposeStoryTests
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private static string Shop => Path.Combine(Tree.Root, "scenarios/compose-shop.yaml");

    [TestCase("20.10.24")]
    [TestCase("28.5.2")]
    public void Inspect_shows_a_whole_project_as_the_golden_file_does(string engine)
    {
        var books = Runs.At(Shop, engine).Result.Books[^1];

        var text = new JsonArray(books.Networks.DeepClone(), books.Containers.DeepClone()).ToJsonString(Pretty) + "\n";

        Goldens.Check($"compose-shop.{engine}.inspect.json", text);
    }

    [TestCase("20.10.24")]
    [TestCase("26.1.5")]
    [TestCase("29")]
    public void The_project_works_on_every_engine(string engine) => Assert.That(Runs.At(Shop, engine).Expectations.Where(e => !e.Holds), Is.Empty);

    [Test]
    public void Operations_are_steps_with_the_docker_line_that_does_the_same() =>
        Assert.That(Runs.At(Shop, null).Steps.Take(9).Select(s => $"{s.Command.Split(' ')[1]}:{s.Output.Trim()}"), Is.EqualTo(new[]
        {
            "network:Network shop_back  Created", "network:Network shop_front  Created", "create:Container shop-db-1  Created", "create:Container shop-web-1  Created", "create:Container shop-visitor-1  Created",
            "start:Container shop-db-1  Started", "exec:Container shop-db-1  Healthy", "start:Container shop-web-1  Started", "start:Container shop-visitor-1  Started",
        }));
}
