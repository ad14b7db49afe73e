using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Model.Input;
using NetSim.Scenarios.Format;
using NetSim.Workbench.Explaining;

namespace NetSim.Cli.Commands;

/// <summary>netsim check: contracts about who may reach whom.</summary>
internal static class CheckCommand
{
    private const string Help = "Holds contracts against a scenario, a Compose file or a bundle; exit code 1 and the path that breaks one when one does not hold.\n\n"
        + "Example: netsim check scenarios/two-networks.yaml --allow 'web -> db:6379' --deny 'outside -> db:6379' --junit check.xml";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var input = SharedOptions.Input();
        var allow = new Option<string[]>("--allow") { Description = "this one must reach that one", HelpName = "'A -> B'" };
        var deny = new Option<string[]>("--deny") { Description = "this one must not reach that one", HelpName = "'A -> B'" };
        var file = SharedOptions.File("--contracts", "a YAML file with two lists, allow: and deny:");
        var junit = SharedOptions.File("--junit", "writes the outcome as JUnit XML");
        var sarif = SharedOptions.File("--sarif", "writes what does not hold as SARIF");
        var picture = SharedOptions.Picture("--picture", "draws the first path that breaks a contract", Workbench.Exporting.Pictures.StillFormats);
        var (engine, seed, format, quiet) = (SharedOptions.Engine(), SharedOptions.Seed(), SharedOptions.Format(), SharedOptions.Quiet());
        var command = new Command("check", Help) { input, allow, deny, file, junit, sarif, picture, engine, seed, format, quiet };
        var project = new ProjectOptions();
        foreach (var o in project.All) command.Options.Add(o);
        command.Validators.Add(r => { if (r.GetValue(allow) is not { Length: > 0 } && r.GetValue(deny) is not { Length: > 0 } && r.GetValue(file) is null) r.AddError("there is nothing to check; say --allow 'web -> db:6379', --deny 'outside -> db:6379', or --contracts FILE"); });
        command.SetAction(r =>
        {
            var contracts = Contracts(r.GetValue(allow) ?? [], r.GetValue(deny) ?? [], r.GetValue(file));
            var wish = new InputWish(r.GetValue(input)!, r.GetValue(engine), r.GetValue(seed), project.Read(r));
            var opened = FrozenInput.Open(wish, [], door.Interrupted);
            if (!r.GetValue(quiet)) door.Warn(opened.Warnings);
            var judged = ContractJudge.Judge(opened, contracts);
            if (r.GetValue(junit) is { } j) ContractFiles.JUnit(j, r.GetValue(input)!, judged);
            if (r.GetValue(sarif) is { } s) ContractFiles.Sarif(s, r.GetValue(input)!, judged);
            if (r.GetValue(picture) is { } p && judged.FirstOrDefault(c => !c.Holds) is { } broken)
            {
                var (probed, at) = ProbedInput.Open(wish, broken, door.Interrupted);
                Workbench.Exporting.Pictures.Still(probed, p, new() { At = at });
            }
            if (r.GetValue(format) == "json") CheckReport.Json(door, judged);
            else CheckReport.Text(door, judged);
            return judged.All(c => c.Holds) ? ExitCode.Yes : ExitCode.No;
        });
        return command;
    }

    private static IReadOnlyList<Contract> Contracts(string[] allow, string[] deny, string? file)
    {
        IReadOnlyList<Contract> all = [.. allow.Select(a => Contract.Parse(a, true, "--allow", 0)), .. deny.Select(d => Contract.Parse(d, false, "--deny", 0)), .. file is null ? [] : Contract.ReadFile(file)];
        return all.Count > 0 ? all : throw new InputException(file!, "", "there is no contract in it; it has two lists, allow: and deny:, of lines such as web -> db:6379");
    }
}
