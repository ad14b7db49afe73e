using NetSim.Cli;
using NetSim.Cli.Output;
using NUnit.Framework;

namespace NetSim.Tests.Cli;

public sealed class UsageTests
{
    [TestCase("", 2, "netsim: say what to do")]
    [TestCase("rnu", 2, "netsim: \"rnu\" is no verb; did you mean \"run\"?")]
    [TestCase("run", 2, "netsim: Required argument 'SCENARIO' missing")]
    [TestCase("run --piture", 2, "netsim: run has no option --piture")]
    [TestCase("run nosuch.yaml", 3, "netsim: nosuch.yaml: there is no such file")]
    [TestCase("doctor --format yaml", 2, "netsim: Argument 'yaml' not recognized")]
    public async Task A_wrong_command_line_is_one_line_and_a_code(string line, int code, string complaint)
    {
        var (found, _, error) = await Run(line);

        Assert.That((found, error.Trim().Split('\n')), Is.EqualTo((code, new[] { error.Trim() })), error);
        Assert.That(error, Does.StartWith(complaint));
    }

    [Test]
    public async Task The_version_is_one_line_of_standard_output()
    {
        var (code, output, _) = await Run("--version");

        Assert.That((code, output), Is.EqualTo((0, "netsim 0.1.0\n")));
    }

    [Test]
    public async Task Help_of_a_verb_has_an_example()
    {
        var (code, output, _) = await Run("run --help");

        Assert.That((code, output.Contains("Example: netsim run")), Is.EqualTo((0, true)));
    }

    internal static async Task<(int Code, string Output, string Error)> Run(string line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = await Netsim.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Door { Out = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
