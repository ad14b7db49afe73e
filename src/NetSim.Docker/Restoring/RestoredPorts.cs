using System.Globalization;
using NetSim.Docker.Books;
using NetSim.Docker.Engine;
using NetSim.Docker.Networks;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Restoring;

/// <summary>The host ports that an inspected container has, in the order in which the engine gave them out: up to 27 first all of IPv4, then those of IPv6; from 28 request by request.
/// Recorded in 25-publish.</summary>
internal static class RestoredPorts
{
    /// <summary>The options that asked for them: "-p 8080:80", "-p 127.0.0.1:53:53/udp".</summary>
    public static IReadOnlyList<(string Port, RequestedBinding Binding, string Option)> Requests(InspectedContainer c) =>
        c.Asked.Select(p => (p.Key, new RequestedBinding(p.HostAddress, p.HostPort is "0" ? "" : p.HostPort), Option(p))).ToList();

    /// <summary>The bindings.</summary>
    public static IEnumerable<PortBinding> Of(InspectedContainer inspected, Container container, EngineVersion version)
    {
        var left = inspected.Given.Select(p => (p.Key, Address: IpAddress.TryParse(p.HostAddress, out var a) ? a : IpAddress.AnyV4, Port: Number(p.HostPort))).Where(p => p.Port > 0).ToList();
        var requests = PortRequests.Of(container, version);
        foreach (bool? family in version.AtLeast(28) ? new bool?[] { null } : [false, true])
            foreach (var r in requests)
                foreach (bool v6 in new[] { false, true }.Where(f => family is null || family == f))
                {
                    int at = left.FindIndex(p => p.Key == $"{r.ContainerPort}/{r.Protocol}" && p.Address.IsV6 == v6 && Fits(r, p.Address, p.Port));
                    if (at < 0) continue;
                    yield return new(r.Protocol, r.ContainerPort, left[at].Address, left[at].Port, left[at].Address, r.Option);
                    left.RemoveAt(at);
                }
    }

    private static bool Fits(PortRequest r, IpAddress address, ushort port) =>
        (r.From == 0 || port >= r.From && port <= r.To) && (!IpAddress.TryParse(r.HostAddress, out var asked) || asked == address);

    private static string Option(InspectedPort p)
    {
        string inside = p.Key.EndsWith("/tcp", StringComparison.Ordinal) ? p.Key[..^4] : p.Key;
        string address = p.HostAddress.Length == 0 || p.HostAddress is "0.0.0.0" or "::" ? "" : p.HostAddress.Contains(':', StringComparison.Ordinal) ? $"[{p.HostAddress}]:" : p.HostAddress + ":";
        return p.HostPort.Length == 0 || p.HostPort == "0" ? address.Length == 0 ? $"-p {inside}" : $"-p {address}:{inside}" : $"-p {address}{p.HostPort}:{inside}";
    }

    private static ushort Number(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort n) ? n : (ushort)0;
}
