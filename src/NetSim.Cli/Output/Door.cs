using System.Runtime.InteropServices;
using Spectre.Console;

namespace NetSim.Cli.Output;

/// <summary>Where a command prints: the answer to standard output, everything else to standard error.</summary>
internal sealed class Door
{
    /// <summary>Kept, for a handler that nobody holds is taken away.</summary>
    private static readonly List<PosixSignalRegistration> Handlers = [];

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

    /// <summary>Asks the command to end: Ctrl-C. A second one ends the process at once.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>The door of this process.</summary>
    public static Door OfProcess() => new()
    {
        Interrupted = Interruption(),
        Out = Console.Out,
        Error = Console.Error,
        Colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        Progress = !Console.IsErrorRedirected,
        Debug = Environment.GetEnvironmentVariable("NETSIM_DEBUG") == "1",
    };

    private static CancellationToken Interruption()
    {
        var source = new CancellationTokenSource();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            Handlers.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = !source.IsCancellationRequested;
                source.Cancel();
            }));
        return source.Token;
    }

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

    /// <summary>Warnings to standard error.</summary>
    public void Warn(IEnumerable<string> warnings)
    {
        foreach (string w in warnings) Error.WriteLine("warning: " + w.ReplaceLineEndings(" "));
    }

    /// <summary>One line to standard error.</summary>
    public void Complain(string line) => Error.WriteLine("netsim: " + line.ReplaceLineEndings(" "));
}
