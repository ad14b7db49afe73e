using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>echo of coreutils and bash: -n, -e.</summary>
internal sealed class Echo : IProgram
{
    public string Name => "echo";

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).ToList();
        bool newline = true, escapes = false;
        while (words.Count > 0 && words[0] is "-n" or "-e" or "-E" or "-ne" or "-en")
        {
            newline &= !words[0].Contains('n', StringComparison.Ordinal);
            escapes |= words[0].Contains('e', StringComparison.Ordinal);
            words.RemoveAt(0);
        }
        string text = string.Join(' ', words);
        process.Output.Write((escapes ? Escapes.Resolve(text) : text) + (newline ? "\n" : ""));
        return Task.FromResult(0);
    }
}
