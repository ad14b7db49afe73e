using NetSim.Model.Tracing;
using NetSim.Scenarios.Running;

namespace NetSim.Workbench.Questions;

/// <summary>A step and what became of it.</summary>
/// <param name="Number">Steps count from 1.</param>
/// <param name="Line">Line in the scenario.</param>
/// <param name="Command">As a person would type it.</param>
/// <param name="Say">The sentence that tells it, or null.</param>
/// <param name="ExitCode">The command's.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When it came back.</param>
/// <param name="GoesOn">Does it go on in a terminal of its own?</param>
/// <param name="Made">What it made and unmade, in a line or two.</param>
/// <param name="Died">Packets that died meanwhile, where, and which rule or row decided it.</param>
public sealed record ToldStep(
    int Number, int Line, string Command, string? Say, int ExitCode, string Output, string Error, SimTime Began, SimTime Ended, bool GoesOn, IReadOnlyList<string> Made,
    IReadOnlyList<string> Died)
{
    /// <summary>All that it made and undid, each with what brought it.</summary>
    public IReadOnlyList<ToldChange> Changes { get; init; } = [];

    internal static ToldStep Of(Trace trace, StepResult s)
    {
        var made = StepStory.Of(trace, s.FirstChange, s.EndChange);
        var died = DropStory.Between(trace, s.Began, s.Ended);
        var changes = ChangeStory.Of(trace, s.FirstChange, s.EndChange);
        return new(s.Number, s.Step.Line, s.Step.Command, s.Step.Say, s.ExitCode, s.Output, s.Error, s.Began, s.Ended, s.GoesOn, made, died) { Changes = changes };
    }
}
