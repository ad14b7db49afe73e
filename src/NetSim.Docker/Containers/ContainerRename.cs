using NetSim.Docker.Books;
using NetSim.Docker.Naming;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Containers;

/// <summary>docker rename: the name in the books, in DNS (at once) and of the files. Source: moby v28.5.2 daemon/rename.go.</summary>
internal static class ContainerRename
{
    /// <summary>Renames.</summary>
    /// <exception cref="DaemonException">The new name is taken or no name.</exception>
    public static void Rename(Daemon d, Container c, string name)
    {
        string bare = name.TrimStart('/');
        if (bare == c.Name) throw new DaemonException("Renaming a container with the same name as its current name");
        if (bare.Length < 2 || !char.IsAsciiLetterOrDigit(bare[0]) || !bare.All(x => char.IsAsciiLetterOrDigit(x) || x is '_' or '.' or '-'))
            throw new DaemonException($"Error when allocating new name: Invalid container name (/{bare}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        try
        {
            ContainerMaker.CheckFree(d, bare);
        }
        catch (DaemonException fault)
        {
            throw new DaemonException("Error when allocating new name: " + fault.Message);
        }
        string old = c.Name;
        var endpoints = c.SharedWith is null && c.Sandbox is { } s ? s.Endpoints : [];
        foreach (var e in endpoints) EndpointNames.Withdraw(d, e);
        foreach (var e in endpoints.Where(e => e.Interface.Length > 0)) d.Make(new Change.EndpointRemoved(e.Network.Name, old) { Origin = new(c.OriginObject, "", "rename") });
        d.Containers.Rename(c, bare);
        d.Make(new Change.ContainerSet(c.FactsOf(), old) { Origin = new(c.OriginObject, "", "rename") });
        foreach (var e in endpoints.Where(e => e.Interface.Length > 0)) d.Make(new Change.EndpointSet(e.Facts) { Origin = new(c.OriginObject, "", "rename") });
        foreach (var e in endpoints) EndpointNames.Publish(d, e);
        foreach (var settings in c.Networks.Values.Where(n => n.DnsNames is not null)) settings.DnsNames = EndpointNames.Of(d, c, settings);
        ContainerFiles.Renamed(d, c, old);
        d.Events.Of(d.Now, c, "rename", ("oldName", "/" + old));
    }
}
