using NetSim.Model.Tracing;

namespace NetSim.Docker.Books;

/// <summary>One line of `docker events`.</summary>
/// <param name="Time">When.</param>
/// <param name="Type">"container" or "network".</param>
/// <param name="Action">"start".</param>
/// <param name="Id">Of the container or network.</param>
/// <param name="Attributes">Sorted by name.</param>
internal sealed record DockerEvent(SimTime Time, string Type, string Action, string Id, IReadOnlyList<(string Name, string Value)> Attributes);

/// <summary>What happened, oldest first. dockerd keeps the last 256.</summary>
internal sealed class EventBook
{
    private readonly List<DockerEvent> _events = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DockerEvent> Events => _events;

    /// <summary>Something happened to a container.</summary>
    public void Of(SimTime now, Container container, string action, params (string, string)[] more)
    {
        var attributes = new List<(string Name, string Value)>(more) { ("image", container.Image), ("name", container.Name) };
        attributes.AddRange(container.Options.Labels.Select(l => (l.Key, l.Value)));
        Add(new(now, "container", action, container.Id, Sorted(attributes)));
    }

    /// <summary>Something happened to a network.</summary>
    public void Of(SimTime now, Network network, string action, params (string, string)[] more) =>
        Add(new(now, "network", action, network.Id, Sorted([.. more, ("name", network.Name), ("type", network.Driver)])));

    private static List<(string Name, string Value)> Sorted(List<(string Name, string Value)> attributes) => attributes.OrderBy(a => a.Name, StringComparer.Ordinal).ToList();

    private void Add(DockerEvent e)
    {
        _events.Add(e);
        if (_events.Count > 256) _events.RemoveAt(0);
    }
}
