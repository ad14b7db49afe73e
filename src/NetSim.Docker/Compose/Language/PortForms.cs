using NetSim.Docker.Compose.Reading;
using NetSim.Docker.Books;
using NetSim.Docker.CommandLine;

namespace NetSim.Docker.Compose.Language;

/// <summary>Writes the short forms of `ports` ("8080:80", "127.0.0.1:5000-5010:5000-5010/udp", 80) in the long form, a range port by port.
/// Source: compose-go v2 transform/ports.go transformPorts, types/types.go ParsePortConfig, on go-connections nat.ParsePortSpecs.</summary>
internal static class PortForms
{
    /// <summary>A service's ports in the long form.</summary>
    /// <exception cref="Model.Input.InputException">One is no port.</exception>
    public static ComposeMap Lengthen(ComposeMap service, ComposePath path)
    {
        if (service["ports"] is not ComposeList ports) return service;
        return service.With("ports", new ComposeList(ports.Place, ports.Items.SelectMany(p => p is ComposeScalar { Type: not ScalarKind.Null } s ? One(s, path) : [p]).ToList()));
    }

    private static IEnumerable<ComposeValue> One(ComposeScalar s, ComposePath path)
    {
        try
        {
            return PortFlags.Publish(s.Text).OrderBy(p => p.Port, StringComparer.Ordinal).Select(p => Long(s.Place, p.Port, p.Binding)).ToList();
        }
        catch (UsageException e)
        {
            throw s.Place.Wrong($"{path}.ports: \"{s.Text}\" is no port to publish: {char.ToLowerInvariant(e.Message[0])}{e.Message[1..]}; write it like \"8080:80\", \"127.0.0.1:8080:80/udp\" or \"3000-3005\"");
        }
    }

    private static ComposeValue Long(ComposePlace place, string port, RequestedBinding binding)
    {
        int slash = port.IndexOf('/', StringComparison.Ordinal);
        var entries = new List<ComposeEntry>
        {
            Entry("mode", "ingress"),
            new("target", place, new ComposeScalar(place, port[..slash], ScalarKind.Integer)),
        };
        if (binding.HostPort.Length > 0) entries.Add(Entry("published", binding.HostPort));
        entries.Add(Entry("protocol", port[(slash + 1)..]));
        if (binding.HostAddress.Length > 0) entries.Add(Entry("host_ip", binding.HostAddress));
        return new ComposeMap(place, entries);

        ComposeEntry Entry(string key, string text) => new(key, place, new ComposeScalar(place, text, ScalarKind.Text));
    }
}
