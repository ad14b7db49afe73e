using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetSim.Docker.Books;
using NetSim.Docker.Networks;

namespace NetSim.Docker.Inspect;

/// <summary>A container as `docker inspect` shows it. Source: moby v28.5.2 api/types/container; recorded in container-inspect.json of every case.</summary>
internal static class ContainerJson
{
    /// <summary>Writes it.</summary>
    public static JsonObject Write(Daemon d, Container c)
    {
        IReadOnlyList<string> all = [.. c.Entrypoint, .. c.Command];
        string folder = "/var/lib/docker/containers/" + (c.FilesOf ?? c).Id;
        return new JsonObject
        {
            ["Id"] = c.Id,
            ["Created"] = Timestamps.Of(c.Created),
            ["Path"] = all.Count > 0 ? all[0] : "",
            ["Args"] = Json.Texts(all.Skip(1)),
            ["State"] = State(c),
            ["Image"] = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(c.Facts.Name))),
            ["ResolvConfPath"] = c.HasFiles ? folder + "/resolv.conf" : "",
            ["HostnamePath"] = c.HasFiles ? folder + "/hostname" : "",
            ["HostsPath"] = c.HasFiles ? folder + "/hosts" : "",
            ["LogPath"] = c.HasFiles ? $"{folder}/{c.Id}-json.log" : "",
            ["Name"] = "/" + c.Name,
            ["RestartCount"] = c.RestartCount,
            ["Driver"] = "overlay2",
            ["Platform"] = "linux",
            ["MountLabel"] = "",
            ["ProcessLabel"] = "",
            ["AppArmorProfile"] = "",
            ["ExecIDs"] = null,
            ["HostConfig"] = HostSettingsJson.Write(d, c),
            ["Mounts"] = new JsonArray(),
            ["Config"] = Config(c),
            ["NetworkSettings"] = NetworkSettings(d, c),
        };
    }

    /// <summary>The same with the fields that JSON leaves out where they are empty, as a template sees them.</summary>
    public static JsonObject ForTemplate(Daemon d, Container c)
    {
        var o = Write(d, c);
        var config = o["Config"]!.AsObject();
        config.TryAdd("MacAddress", c.Options.MacAddress);
        config.TryAdd("ExposedPorts", null);
        o["HostConfig"]!.AsObject().TryAdd("Sysctls", null);
        return o;
    }

    private static JsonObject State(Container c) => new()
    {
        ["Status"] = c.Status,
        ["Running"] = c.IsRunning,
        ["Paused"] = c.Status == "paused",
        ["Restarting"] = false,
        ["OOMKilled"] = false,
        ["Dead"] = false,
        ["Pid"] = c.Pid,
        ["ExitCode"] = c.ExitCode,
        ["Error"] = c.Error,
        ["StartedAt"] = Timestamps.Of(c.StartedAt),
        ["FinishedAt"] = Timestamps.Of(c.FinishedAt),
    };

    private static JsonObject Config(Container c)
    {
        var x = c.Options;
        var o = new JsonObject
        {
            ["Hostname"] = c.Hostname,
            ["Domainname"] = c.Domainname,
            ["User"] = x.User,
            ["AttachStdin"] = x.OpenStdin && !x.Detached,
            ["AttachStdout"] = !x.Detached,
            ["AttachStderr"] = !x.Detached,
        };
        if (c.Exposed.Count > 0) o["ExposedPorts"] = new JsonObject(c.Exposed.Select(p => KeyValuePair.Create(p, (JsonNode?)new JsonObject())));
        o["Tty"] = x.Terminal;
        o["OpenStdin"] = x.OpenStdin;
        o["StdinOnce"] = x.OpenStdin && !x.Detached;
        o["Env"] = Json.TextsOrNull([.. x.Environment, .. c.Facts.Environment.Select(e => $"{e.Key}={e.Value}")]);
        o["Cmd"] = Json.TextsOrNull(c.Command);
        o["Image"] = c.Image;
        o["Volumes"] = null;
        o["WorkingDir"] = x.WorkingDirectory;
        o["Entrypoint"] = Json.TextsOrNull(c.Entrypoint);
        if (x.MacAddress.Length > 0) o["MacAddress"] = x.MacAddress;
        o["OnBuild"] = null;
        o["Labels"] = Json.Map(x.Labels);
        return o;
    }

    private static JsonObject NetworkSettings(Daemon d, Container c)
    {
        var own = c.SharedWith is null ? c.Sandbox : null;
        // Up to 27 a stopped container keeps its sandbox's id. Recorded in 11-errors, 44-daemon-restart.
        string sandboxId = own?.Id ?? (d.Version.AtLeast(28) || c.StartedAt is null ? "" : c.LastSandboxId);
        string key = own?.Key ?? (sandboxId.Length > 0 ? "/var/run/docker/netns/" + sandboxId[..12] : "");
        // From 29 (API 1.52) without the copies of the default network's endpoint. Source: moby docker-v29.7.2 api/types/container/network_settings.go.
        if (d.Version.AtLeast(29)) return new JsonObject { ["SandboxID"] = sandboxId, ["SandboxKey"] = key, ["Ports"] = Ports(c), ["Networks"] = Endpoints(d, c) };
        var o = new JsonObject { ["Bridge"] = "", ["SandboxID"] = sandboxId };
        if (d.Version.AtLeast(25)) o["SandboxKey"] = key;
        if (d.Version.AtLeast(25)) o["Ports"] = Ports(c);
        o["HairpinMode"] = false;
        o["LinkLocalIPv6Address"] = "";
        o["LinkLocalIPv6PrefixLen"] = 0;
        if (!d.Version.AtLeast(25)) o["Ports"] = Ports(c);
        if (!d.Version.AtLeast(25)) o["SandboxKey"] = key;
        o["SecondaryIPAddresses"] = null;
        o["SecondaryIPv6Addresses"] = null;
        Top(d, o, own?.Endpoints.FirstOrDefault(e => e.Network.IsDefaultBridge));
        o["Networks"] = Endpoints(d, c);
        return o;
    }

    private static JsonObject Endpoints(Daemon d, Container c) => new(c.Networks.Select(n => KeyValuePair.Create(n.Key, (JsonNode?)EndpointJson.Write(d, c, n.Value))));

    private static void Top(Daemon d, JsonObject o, Endpoint? e)
    {
        o["EndpointID"] = e?.Id ?? "";
        o["Gateway"] = e is null ? "" : GatewayChoice.GatewayOf(d, e, v6: false)?.ToString() ?? "";
        o["GlobalIPv6Address"] = e?.V6?.ToString() ?? "";
        o["GlobalIPv6PrefixLen"] = e?.V6 is null ? 0 : e.Network.V6!.Pool.Subnet.PrefixLength;
        o["IPAddress"] = e?.V4?.ToString() ?? "";
        o["IPPrefixLen"] = e?.V4 is null ? 0 : e.Network.V4!.Pool.Subnet.PrefixLength;
        o["IPv6Gateway"] = e is null ? "" : GatewayChoice.GatewayOf(d, e, v6: true)?.ToString() ?? "";
        o["MacAddress"] = e?.Mac.ToString() ?? "";
    }

    /// <summary>Exposed ports of a container on a bridge, with their bindings or null.</summary>
    private static JsonObject Ports(Container c)
    {
        var o = new JsonObject();
        if (c.ShownPorts is null) return o;
        var published = c.ShownPorts.ToLookup(p => p.Key);
        foreach (string port in c.Exposed)
            o[port] = published.Contains(port)
                ? new JsonArray(published[port].Select(p => (JsonNode)new JsonObject { ["HostIp"] = p.HostAddress.ToString(), ["HostPort"] = p.HostPortText }).ToArray()) : null;
        return o;
    }
}
