using System.CommandLine;
using NetSim.Analysis.Explanation;
using NetSim.Cli.Output;
using NetSim.Model.Input;
using NetSim.Workbench.Explaining;

namespace NetSim.Cli.Commands;

/// <summary>netsim explain: can this one reach that one, on which way, and which row decides it.</summary>
internal static class ExplainCommand
{
    private const string Help = "Tells the way of a packet between two ends, hop by hop, with the rule or table row behind each decision.\n\n"
        + "Example: netsim explain scenarios/two-networks.yaml --from web --to db:6379";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var options = new ExplainOptions();
        var command = new Command("explain", Help) { options.Input };
        foreach (var o in options.All) command.Options.Add(o);
        command.Validators.Add(r => { if (!options.IsComplete(r)) r.AddError("say who asks and for whom: --from web --to db:6379, or --all for everybody"); });
        command.SetAction(r => Run(door, options.Read(r)));
        return command;
    }

    private static int Run(Door door, ExplainChoices c)
    {
        if (c.All) return Matrix(door, c);
        var question = ReadQuestion(c);
        var answers = c.Engines.Select(e => Answer(door, c, e, question)).ToList();
        if (c.With.Count > 0) return Changed(door, c, question, answers[0]);
        if (c.Json) ExplainJson.Write(door, answers);
        else new ExplainText(door).Tell(answers);
        return answers.All(a => a.Explanation.Disposition == Disposition.Delivered) ? ExitCode.Yes : ExitCode.No;
    }

    private static Question ReadQuestion(ExplainChoices c)
    {
        try
        {
            return Question.Read(c.From!, c.To!, c.Protocol);
        }
        catch (FormatException e)
        {
            throw new InputException("--to", "", e.Message);
        }
    }

    private static AnsweredBy Answer(Door door, ExplainChoices c, string? engine, Question question)
    {
        var input = FrozenInput.Open(c.By(engine), [], door.Interrupted);
        if (!c.Quiet) door.Warn(input.Warnings);
        var answer = input.Explainer.Explain(question);
        return new(input.Engine, input.EngineIsProven, answer) { Remedy = c.With.Count > 0 ? null : RemedySearch.Find(input, answer, lines => FrozenInput.Open(c.By(engine), lines, door.Interrupted)) };
    }

    private static int Changed(Door door, ExplainChoices c, Question question, AnsweredBy before)
    {
        var frozen = FrozenInput.Open(c.By(c.Engines[0]), [], door.Interrupted);
        var changed = FrozenInput.Open(c.By(c.Engines[0]), c.With, door.Interrupted);
        var after = before with { Explanation = changed.Explainer.Explain(question) };
        var pairs = ReachMatrix.Changes(ReachMatrix.Of(frozen.Explainer), ReachMatrix.Of(changed.Explainer));
        if (c.Json) ExplainJson.Write(door, before, after, pairs);
        else new ExplainText(door).Tell(before, after, c.With, pairs);
        return after.Explanation.Disposition == Disposition.Delivered ? ExitCode.Yes : ExitCode.No;
    }

    private static int Matrix(Door door, ExplainChoices c)
    {
        var input = FrozenInput.Open(c.By(c.Engines[0]), c.With, door.Interrupted);
        if (!c.Quiet) door.Warn(input.Warnings);
        var cells = ReachMatrix.Of(input.Explainer);
        if (c.Json) ExplainJson.Write(door, cells);
        else new ExplainText(door).Tell(cells);
        return ExitCode.Yes;
    }
}
