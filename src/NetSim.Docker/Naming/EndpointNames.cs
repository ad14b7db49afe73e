using NetSim.Docker.Books;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Naming;

/// <summary>The names of a container on a user-defined network: its name, its aliases, its short id, its host name; the first one answers reverse look-ups.
/// Up to 24 a name that Docker made up is not among them. Source: moby v28.5.2 daemon/container_operations.go buildEndpointDNSNames; recorded in 15-dns-records.</summary>
internal static class EndpointNames
{
    /// <summary>Lists them, each once.</summary>
    public static List<string> Of(Daemon d, Container container, EndpointSettings settings)
    {
        var names = new List<string>();
        if (container.NamedByUser || d.Version.AtLeast(25)) names.Add(container.Name);
        names.AddRange(settings.Aliases ?? []);
        names.Add(container.ShortId);
        if (container.Hostname.Length > 0) names.Add(container.Hostname);
        return names.Distinct(StringComparer.Ordinal).ToList();
    }

    /// <summary>Publishes an endpoint's names.</summary>
    public static void Publish(Daemon d, Endpoint e)
    {
        if (!e.Network.IsUserDefined) return;
        bool first = true;
        foreach (string name in Of(d, e.Container, e.Settings))
        {
            foreach (var address in e.Addresses) e.Names.Add(new(e.Network.Name, e.Container.Name, name, address.Address, first));
            first = false;
        }
        var origin = new Origin(e.Container.OriginObject, "--net " + e.Network.Name, "container-names");
        foreach (var name in e.Names) d.Make(new Change.NamePublished(name) { Origin = origin });
    }

    /// <summary>Withdraws them.</summary>
    public static void Withdraw(Daemon d, Endpoint e)
    {
        var origin = new Origin(e.Container.OriginObject, "", "container-names");
        foreach (var name in e.Names) d.Make(new Change.NameWithdrawn(name) { Origin = origin });
        e.Names.Clear();
    }
}
