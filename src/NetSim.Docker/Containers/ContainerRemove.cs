using NetSim.Docker.Books;
using NetSim.Docker.Naming;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Containers;

/// <summary>docker rm. Source: moby v28.5.2 daemon/delete.go; recorded in 11-errors.</summary>
internal static class ContainerRemove
{
    /// <summary>Removes a container, with force a running one too.</summary>
    /// <exception cref="DaemonException">It runs.</exception>
    public static void Remove(Daemon d, Container c, bool force)
    {
        if (c.IsRunning)
        {
            if (!force) throw new DaemonException(Running(d, c));
            ContainerStop.Kill(d, c, "KILL");
            if (c.Options.AutoRemove) return;
        }
        Forget(d, c);
    }

    /// <summary>Strikes it from the books.</summary>
    public static void Forget(Daemon d, Container c)
    {
        foreach (var (child, _) in c.Links) child.LinkedFrom.Remove(c);
        d.Containers.Remove(c);
        var origin = new Origin(c.OriginObject, "", "container-rm");
        foreach (var sharing in d.Containers.All.Where(o => o.HasFiles && o.FilesOf == c)) ContainerFiles.Lost(d, sharing);
        foreach (string path in c.Files.Keys) d.Make(new Change.FileWritten(c.Name, path, null) { Origin = origin });
        d.Make(new Change.ContainerRemoved(c.Name) { Origin = origin });
        d.Events.Of(d.Now, c, "destroy");
    }

    private static string Running(Daemon d, Container c)
    {
        string state = c.Status == "paused" ? "paused" : "running";
        if (!d.Version.AtLeast(25)) return $"You cannot remove a {state} container {c.Id}. Stop the container before attempting removal or force remove";
        return $"cannot remove container \"{(d.Version.AtLeast(28) ? "" : "/")}{c.Name}\": container is {state}: stop the container before removing or force remove";
    }
}
