using NetSim.Simulation.Programs.Text;
using NetSim.Simulation.Programs.Tools;

namespace NetSim.Simulation.Programs.Filters;

/// <summary>awk of busybox 1.35, as far as one-liners go: -F, -v, and what <see cref="AwkReader"/> reads.</summary>
internal sealed class Awk(string name) : IProgram
{
    public string Name => name;

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, ["F", "v", "f"], stopAtOperand: true);
        if (arguments.Operands.Count == 0) return process.Fail(1, "Usage: awk [OPTIONS] [AWK_PROGRAM] [FILE]...");
        List<(AwkPiece? Pattern, AwkPiece? Action)> rules;
        try
        {
            rules = new AwkReader(arguments.Operands[0]).Rules();
        }
        catch (FormatException problem)
        {
            return process.Fail(1, $"awk: cmd. line:1: {problem.Message}");
        }
        var run = new AwkRun(Escapes.Resolve(arguments.Value("F") ?? " "));
        foreach (string v in arguments.Values("v")) run.Set(v.Split('=')[0], v[(v.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        bool reads = rules.Exists(r => r.Pattern is not { Kind: "name", Text: "BEGIN" });
        if ((reads ? await FilterInput.Read(process, arguments.Operands.Skip(1)) : "") is not { } text) return 2;
        int code = run.Run(rules, FilterInput.Lines(text));
        process.Output.Write(run.Output);
        return code;
    }
}
