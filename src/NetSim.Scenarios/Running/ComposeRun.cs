using NetSim.Docker.Compose;

namespace NetSim.Scenarios.Running;

/// <summary>Compose in a running world: its operations take their time, and it waits for what services wait for.</summary>
internal sealed class ComposeRun(RunningWorld world)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Plans to bring a project up.</summary>
    public ComposePlan Plan(ComposeProject project) => ComposeEngine.PlanUp(world.Dockerd.Engine, project, new ComposeChoice());

    /// <summary>Does an operation and says what Compose says: " Container shop-db-1  Started".</summary>
    public Outcome Do(ComposeOperation operation, out IReadOnlyList<string> warnings)
    {
        if (operation is ComposeWait wait) return Wait(wait, out warnings);
        var pace = DockerPace.Of(operation.DockerLine);
        var result = world.Request(pace, view => world.Dockerd.Execute(operation, view));
        world.Pass(pace / 4);
        warnings = result.Warnings;
        return result.ExitCode == 0 ? new(0, $" {operation.Subject}  {operation.Done}\n", "") : new(result.ExitCode, "", $" {operation.Subject}  Error\n{result.Error}");
    }

    private Outcome Wait(ComposeWait wait, out IReadOnlyList<string> warnings)
    {
        warnings = [];
        string? found = null;
        if (wait.ForEnd || ComposeEngine.Look(world.Dockerd.Engine, wait) is not null) found = Ended(wait);
        else if (ComposeEngine.Probe(wait) is { } probe) found = Healthy(wait, probe, ref warnings);
        else warnings = [$"nothing is known of a health check of {wait.Container}; it is taken to be healthy"];
        if (string.IsNullOrEmpty(found)) return new(0, $" {wait.Subject}  {wait.Done}\n", "");
        if (!wait.Optional) return new(1, "", $" {wait.Subject}  Error\n{found}\n");
        warnings = [$"optional dependency: {found}"];
        return new(0, $" {wait.Subject}  Skipped\n", "");
    }

    /// <summary>Compose looks twice a second.</summary>
    private string? Ended(ComposeWait wait)
    {
        var limit = world.Now + Patience;
        while (world.Now < limit)
        {
            if (ComposeEngine.Look(world.Dockerd.Engine, wait) is { } found) return found;
            world.Pass(Tick);
        }
        return $"{wait.Container} has not ended after ten minutes";
    }

    private string? Healthy(ComposeWait wait, (IReadOnlyList<string> Words, TimeSpan First, TimeSpan Interval, int Retries) probe, ref IReadOnlyList<string> warnings)
    {
        world.Pass(probe.First);
        for (int failures = 0; failures < probe.Retries;)
        {
            if (ComposeEngine.Look(world.Dockerd.Engine, wait) is { Length: > 0 } ended) return ended;
            var outcome = world.Docker(["exec", wait.Container, .. probe.Words], out _);
            if (outcome.ExitCode == 0) return null;
            if (outcome.ExitCode is 126 or 127)
            {
                warnings = [$"the health check of {wait.Container} runs a program that NetSim has not got ({string.Join(' ', probe.Words)}); it is taken to be healthy"];
                return null;
            }
            if (++failures < probe.Retries) world.Pass(probe.Interval);
        }
        return $"dependency failed to start: container {wait.Container} is unhealthy";
    }
}
