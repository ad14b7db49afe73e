using System.Globalization;
using NetSim.Docker.Books;
using NetSim.Docker.Engine;

namespace NetSim.Docker.Networks;

/// <summary>A port to publish: container port, protocol, host address as written, host ports from to (0: any).</summary>
internal sealed record PortRequest(ushort ContainerPort, string Protocol, string HostAddress, ushort From, ushort To, string Option);

/// <summary>The ports that a container publishes, in the order in which the engine gives them out.
/// Source: go-connections nat.SortPortMap (up to 27: larger host ports, then larger container ports first); moby v28.5.2
/// libnetwork/drivers/bridge/port_mapping_linux.go sortAndNormPBs (28: exact host ports first, then smaller container ports); recorded in 25-publish.</summary>
internal static class PortRequests
{
    /// <summary>Lists them.</summary>
    public static IReadOnlyList<PortRequest> Of(Container container, EngineVersion version)
    {
        var options = container.Options;
        var asked = options.Publish.Select(p => Parse(p.Port, p.Binding, p.Option)).ToList();
        if (options.PublishAll)
            asked.AddRange(container.Exposed.Where(x => !options.Publish.Any(p => p.Port == x)).Select(x => Parse(x, new("", ""), "-P")));
        if (version.AtLeast(28))
            return asked.OrderBy(r => r.From > 0 && r.From == r.To ? 0 : 1).ThenBy(r => r.ContainerPort).ThenBy(r => Number(r.Protocol)).ThenBy(r => r.From).ToList();
        return asked.OrderByDescending(r => r.From).ThenByDescending(r => r.ContainerPort).ThenBy(r => Number(r.Protocol)).ToList();
    }

    private static int Number(string protocol) => protocol switch { "tcp" => 6, "udp" => 17, _ => 132 };

    private static PortRequest Parse(string port, RequestedBinding binding, string option)
    {
        int slash = port.IndexOf('/', StringComparison.Ordinal);
        var ends = binding.HostPort.Split('-');
        ushort from = Word(ends[0]);
        return new(Word(port[..slash]), port[(slash + 1)..], binding.HostAddress, from, ends.Length > 1 ? Word(ends[1]) : from, option);
    }

    private static ushort Word(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort n) ? n : (ushort)0;
}
