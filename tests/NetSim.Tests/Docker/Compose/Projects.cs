using NetSim.Docker.Compose;
using NetSim.Docker.Engine;
using NetSim.Model.Input;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

/// <summary>Compose projects out of memory, and brought up on a host without packets.</summary>
internal static class Projects
{
    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The project of one file, in the folder /shop.</summary>
    public static ComposeProject Load(string text) => Load(new ComposeWish(), Empty, ("compose.yaml", text));

    /// <summary>The project of several files in the folder /shop; the first is compose.yaml, the others are there to be found.</summary>
    public static ComposeProject Load(params (string Name, string Text)[] files) => Load(new ComposeWish(), Empty, files);

    public static ComposeProject Load(ComposeWish wish, IReadOnlyDictionary<string, string> environment, params (string Name, string Text)[] files)
    {
        var all = files.ToDictionary(f => "/shop/" + f.Name, f => f.Text, StringComparer.Ordinal);
        return ComposeProject.Load(wish with { Files = ["/shop/" + files[0].Name, .. wish.Files.Select(f => "/shop/" + f)] }, new ComposeFiles { Read = all.GetValueOrDefault, Environment = environment });
    }

    /// <summary>What is said of a file that is refused, without the folder.</summary>
    public static string Complaint(string text) => Assert.Throws<InputException>(() => Load(text))!.Message.Replace("/shop/", "", StringComparison.Ordinal);

    /// <summary>A host on which a project is up; all must go well.</summary>
    public static LabHost Up(ComposeProject project, EngineVersion version)
    {
        var host = new LabHost(version);
        Up(host, project, new ComposeChoice());
        return host;
    }

    /// <summary>Brings a project up, and returns what was done: "Container shop-db-1 Started".</summary>
    public static IReadOnlyList<string> Up(LabHost host, ComposeProject project, ComposeChoice choice) => Do(host, ComposeEngine.PlanUp(host.Engine, project, choice));

    /// <summary>Does a plan.</summary>
    public static IReadOnlyList<string> Do(LabHost host, ComposePlan plan)
    {
        if (plan.Error.Length > 0) throw new InvalidOperationException(plan.Error);
        foreach (var operation in plan.Operations.Where(o => o is not ComposeWait))
        {
            var result = ComposeEngine.Execute(host.Engine, operation, host.View);
            foreach (var change in result.Changes) host.Apply(change);
            if (result.ExitCode != 0) throw new InvalidOperationException($"{operation.Subject}: {result.Error}");
        }
        return plan.Operations.Select(o => $"{o.Subject} {o.Done}").ToList();
    }
}
