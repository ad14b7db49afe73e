using NetSim.Docker.Books;
using NetSim.Docker.Compose.Up;
using NetSim.Docker.Containers;
using NetSim.Docker.Engine;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Compose;

/// <summary>Compose at work on an engine: it plans, and each operation of a plan is one request.</summary>
public static class ComposeEngine
{
    /// <summary>Plans `up -d`, in view of what is there.</summary>
    public static ComposePlan PlanUp(DockerEngine engine, ComposeProject project, ComposeChoice choice) => Plan(() => UpPlan.Of(engine.Books, project, choice));

    /// <summary>Plans `down`.</summary>
    public static ComposePlan PlanDown(DockerEngine engine, ComposeProject project, ComposeChoice choice) => Plan(() => DownPlan.Of(engine.Books, project, choice));

    /// <summary>Does an operation. Waiting is for the caller: see <see cref="Look"/>.</summary>
    public static CommandResult Execute(DockerEngine engine, ComposeOperation operation, HostView host) => engine.Do(host, (d, reply) =>
    {
        try
        {
            Do(d, operation);
        }
        catch (DaemonException fault)
        {
            bool own = operation is ComposeOperation.MakeContainer && (fault.Message.StartsWith("cannot share", StringComparison.Ordinal) || fault.Message.StartsWith("interface_name", StringComparison.Ordinal));
            string context = operation is ComposeOperation.MakeNetwork n ? $"failed to create network {n.Request.Name}: " : "";
            reply.ErrorLine(context + (own ? "" : "Error response from daemon: ") + fault.Message);
            reply.ExitCode = 1;
        }
    });

    /// <summary>Has come true what is waited for? Null: not yet; empty: yes; else why it never will.</summary>
    public static string? Look(DockerEngine engine, ComposeWait wait)
    {
        if (engine.Books.Containers.Find(wait.Container) is not { } c) return $"no such container: {wait.Container}";
        if (wait.ForEnd) return c.Status != "exited" ? null : c.ExitCode == 0 ? "" : $"service \"{wait.Service}\" didn't complete successfully: exit {c.ExitCode}";
        if (c.Status == "exited") return $"dependency failed to start: container {c.Name} exited ({c.ExitCode})";
        return wait.Health is null && !wait.ImageMayCheck ? $"dependency failed to start: container {c.Name} has no healthcheck configured" : null;
    }

    /// <summary>How a container's health is asked for: words to run in it, time until the first question and between two, failures until it is given up. Null: nobody knows how, and it is taken to be healthy.</summary>
    public static (IReadOnlyList<string> Words, TimeSpan First, TimeSpan Interval, int Retries)? Probe(ComposeWait wait) => wait.Health is not { } h ? null
        : h.StartPeriod > TimeSpan.Zero ? (h.Command, h.StartInterval, h.StartInterval, h.Retries + (int)(h.StartPeriod / h.StartInterval)) : (h.Command, h.Interval, h.Interval, h.Retries);

    /// <summary>What `docker compose ps` prints.</summary>
    public static string Ps(DockerEngine engine, ComposeProject project, ComposeLine line, HostView host)
    {
        engine.Books.Host = host;
        return ComposePs.Write(engine.Books, project, line);
    }

    /// <summary>Names of a project's containers by service, in order of their numbers; of all services where none is named.</summary>
    public static IReadOnlyList<string> Containers(DockerEngine engine, ComposeProject project, IReadOnlyList<string> services) =>
        ServiceOrder.Of(project.Services.Concat(project.Disabled).ToList(), starting: false).Where(s => services.Count == 0 || services.Contains(s.Name))
            .SelectMany(s => Observed.Of(engine.Books, project.Name, s.Name)).Select(c => c.Name).ToList();

    private static ComposePlan Plan(Func<ComposePlan> plan)
    {
        try
        {
            return plan();
        }
        catch (DaemonException fault)
        {
            return new([], fault.Message, []);
        }
    }

    private static void Do(Daemon d, ComposeOperation operation)
    {
        switch (operation)
        {
            case ComposeOperation.MakeNetwork n: NetworkMaker.Create(d, n.Request); break;
            case ComposeOperation.MakeContainer m: Make(d, m); break;
            case ComposeOperation.Connect c: NetworkConnect.Connect(d, Find(d, c), d.Containers.Get(c.Container), new ContainerRequests(d, c.Project, c.Service, c.Number).Endpoint(c.Network)); break;
            case ComposeOperation.Start s: ContainerStart.Start(d, d.Containers.Get(s.Container)); break;
            case ComposeOperation.Stop s: ContainerStop.Stop(d, d.Containers.Get(s.Container), 10); break;
            case ComposeOperation.Remove r: ContainerRemove.Remove(d, d.Containers.Get(r.Container), force: true); break;
            case ComposeOperation.Rename r: ContainerRename.Rename(d, d.Containers.Get(r.Container), r.Name); break;
            case ComposeOperation.RemoveNetwork r: NetworkRemover.Remove(d, d.Networks.Get(r.Name)); break;
        }
    }

    private static Network Find(Daemon d, ComposeOperation.Connect c) => d.Networks.Get(c.Project.Networks.First(n => n.Key == c.Network.Key).Name);

    private static void Make(Daemon d, ComposeOperation.MakeContainer m)
    {
        ContainerMaker.Create(d, new ContainerRequests(d, m.Project, m.Service, m.Number).Make(m.Name));
        if (!m.Service.Built || d.Knows(m.Service.Image)) return;
        d.Warnings.RemoveAll(w => w.StartsWith($"image {m.Service.Image} ", StringComparison.Ordinal));
        d.Warnings.Add($"service {m.Service.Name} is built: NetSim builds no images, so {m.Service.Image} is taken to have no command, no exposed ports and no environment, unless x-netsim: images: says more");
    }
}
