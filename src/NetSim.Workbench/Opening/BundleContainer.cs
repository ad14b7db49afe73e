using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Workbench.Opening;

/// <summary>A container's place on a network, of container-inspect.json.</summary>
/// <param name="Network">The network.</param>
/// <param name="EndpointId">64 hex digits.</param>
/// <param name="V4">Its IPv4 address, or null.</param>
/// <param name="V6">Its IPv6 address, or null.</param>
/// <param name="Gateway">The IPv4 gateway, or null.</param>
/// <param name="Gateway6">The IPv6 gateway, or null.</param>
/// <param name="Mac">Its hardware address.</param>
/// <param name="Names">Names on the network.</param>
internal sealed record BundleEndpoint(BundleNetwork Network, string EndpointId, InterfaceAddress? V4, InterfaceAddress? V6, IpAddress? Gateway, IpAddress? Gateway6, MacAddress Mac, IReadOnlyList<string> Names)
{
    /// <summary>IPv4 first.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses => new[] { V4, V6 }.OfType<InterfaceAddress>().ToList();
}

/// <summary>A container of container-inspect.json.</summary>
internal sealed record BundleContainer
{
    /// <summary>Without the slash.</summary>
    public required string Name { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>As the user wrote it.</summary>
    public required string Image { get; init; }

    /// <summary>"running", "exited".</summary>
    public required string State { get; init; }

    /// <summary>When it was started, as docker writes it.</summary>
    public required string Started { get; init; }

    /// <summary>"app", "host", "none", "container:ID".</summary>
    public required string Mode { get; init; }

    /// <summary>Its endpoints; none while it does not run.</summary>
    public required IReadOnlyList<BundleEndpoint> Endpoints { get; init; }

    /// <summary>Its published ports.</summary>
    public required IReadOnlyList<PublishedPort> Published { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Does it run?</summary>
    public bool Runs => State is "running" or "paused";

    /// <summary>Has it a namespace of its own?</summary>
    public bool OwnNamespace => Runs && Mode != "host" && !Mode.StartsWith("container:", StringComparison.Ordinal);

    /// <summary>Reads one.</summary>
    public static BundleContainer Of(BundleJson json, IReadOnlyDictionary<string, BundleNetwork> networks)
    {
        var ends = json["NetworkSettings"]["Networks"].Fields.ToList();
        return new()
        {
            Name = json["Name"].Text.TrimStart('/'),
            Id = json["Id"].Text,
            Image = json["Config"]["Image"].Text,
            State = json["State"]["Status"].Text,
            Started = json["State"]["StartedAt"].Text,
            Mode = json["HostConfig"]["NetworkMode"].Text,
            Endpoints = ends.Where(e => e.Value["EndpointID"].Text.Length > 0).Select(e => Endpoint(e.Key, e.Value, json, networks)).OfType<BundleEndpoint>().ToList(),
            Published = json["NetworkSettings"]["Ports"].Fields.SelectMany(Ports).ToList(),
            Labels = json["Config"]["Labels"].Fields.ToDictionary(l => l.Key, l => l.Value.Text, StringComparer.Ordinal),
        };
    }

    /// <summary>Key of the namespace it runs in; empty when it does not run.</summary>
    public string NamespaceAmong(IReadOnlyList<BundleContainer> all)
    {
        if (!Runs) return "";
        if (OwnNamespace) return Name;
        return Mode == "host" ? "host" : all.FirstOrDefault(c => c.Id == Mode["container:".Length..] || c.Name == Mode["container:".Length..])?.Name ?? "";
    }

    private static BundleEndpoint? Endpoint(string network, BundleJson e, BundleJson container, IReadOnlyDictionary<string, BundleNetwork> networks)
    {
        if (networks.GetValueOrDefault(network) is not { } on || on.Facts.Driver is not ("bridge" or "macvlan" or "ipvlan")) return null;
        var names = e["DNSNames"].Items.Concat(e["Aliases"].Items).Select(n => n.Text).Prepend(container["Name"].Text.TrimStart('/')).Distinct(StringComparer.Ordinal).ToList();
        return new(on, e["EndpointID"].Text, Address(e["IPAddress"], e["IPPrefixLen"]), Address(e["GlobalIPv6Address"], e["GlobalIPv6PrefixLen"]), e["Gateway"].Address, e["IPv6Gateway"].Address, e["MacAddress"].Mac, names);
    }

    private static InterfaceAddress? Address(BundleJson address, BundleJson length) => address.Address is { } a ? new(a, Math.Clamp(length.Number, 0, a.BitLength)) : null;

    private static IEnumerable<PublishedPort> Ports((string Key, BundleJson Value) port)
    {
        var parts = port.Key.Split('/');
        if (!ushort.TryParse(parts[0], out ushort inside)) yield break;
        foreach (var binding in port.Value.Items)
            if (ushort.TryParse(binding["HostPort"].Text, out ushort outside))
                yield return new(parts.Length > 1 ? parts[1] : "tcp", binding["HostIp"].Address ?? IpAddress.AnyV4, new(outside), new(inside));
    }
}
