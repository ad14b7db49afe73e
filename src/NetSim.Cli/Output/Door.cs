using Spectre.Console;

namespace NetSim.Cli.Output;

/// <summary>Where a command prints: the answer to standard output, everything else to standard error.</summary>
internal sealed class Door
{
    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>May the answer be coloured?</summary>
    public bool Colour { get; init; }

    /// <summary>May progress be shown on standard error?</summary>
    public bool Progress { get; init; }

    /// <summary>Should a bug show its stack (NETSIM_DEBUG=1)?</summary>
    public bool Debug { get; init; }

    /// <summary>The door of this process.</summary>
    public static Door OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        Colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        Progress = !Console.IsErrorRedirected,
        Debug = Environment.GetEnvironmentVariable("NETSIM_DEBUG") == "1",
    };

    /// <summary>A console for words with colour, which leaves the colour out where it may not be; lines are never broken.</summary>
    public IAnsiConsole Paint()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Out),
        });
        console.Profile.Width = 10_000;
        return console;
    }

    /// <summary>One line to standard error.</summary>
    public void Complain(string line) => Error.WriteLine("netsim: " + line.ReplaceLineEndings(" "));
}
