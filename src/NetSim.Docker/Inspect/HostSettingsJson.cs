using System.Text.Json.Nodes;
using NetSim.Docker.Books;

namespace NetSim.Docker.Inspect;

/// <summary>HostConfig of `docker inspect`: what concerns networking from the container, the rest as an engine writes it by default.
/// Source: recorded in container-inspect.json of 20.10.24, 26.1.5 and 28.5.2.</summary>
internal static class HostSettingsJson
{
    private const string First = """
        { "Binds": null, "ContainerIDFile": "", "LogConfig": { "Type": "json-file", "Config": {} }, "NetworkMode": "", "PortBindings": {},
          "RestartPolicy": { "Name": "no", "MaximumRetryCount": 0 }, "AutoRemove": false, "VolumeDriver": "", "VolumesFrom": null }
        """;

    private const string Middle = """
        { "CapAdd": null, "CapDrop": null, "CgroupnsMode": "host", "Dns": [], "DnsOptions": [], "DnsSearch": [], "ExtraHosts": null, "GroupAdd": null,
          "IpcMode": "private", "Cgroup": "", "Links": null, "OomScoreAdj": 0, "PidMode": "", "Privileged": false, "PublishAllPorts": false, "ReadonlyRootfs": false,
          "SecurityOpt": null, "UTSMode": "", "UsernsMode": "", "ShmSize": 67108864, "Runtime": "runc" }
        """;

    private const string Limits = """
        { "Isolation": "", "CpuShares": 0, "Memory": 0, "NanoCpus": 0, "CgroupParent": "", "BlkioWeight": 0, "BlkioWeightDevice": [], "BlkioDeviceReadBps": [],
          "BlkioDeviceWriteBps": [], "BlkioDeviceReadIOps": [], "BlkioDeviceWriteIOps": [], "CpuPeriod": 0, "CpuQuota": 0, "CpuRealtimePeriod": 0, "CpuRealtimeRuntime": 0,
          "CpusetCpus": "", "CpusetMems": "", "Devices": [], "DeviceCgroupRules": null, "DeviceRequests": null, "MemoryReservation": 0, "MemorySwap": 0,
          "MemorySwappiness": null, "OomKillDisable": false, "PidsLimit": null, "Ulimits": [], "CpuCount": 0, "CpuPercent": 0, "IOMaximumIOps": 0, "IOMaximumBandwidth": 0 }
        """;

    /// <summary>Writes it.</summary>
    public static JsonObject Write(Daemon d, Container c)
    {
        var o = Take(First);
        if (d.Version.AtLeast(25)) o["ConsoleSize"] = new JsonArray(0, 0);
        Append(o, Middle);
        if (!d.Version.AtLeast(25)) o["ConsoleSize"] = new JsonArray(0, 0);
        Append(o, Limits);
        if (!d.Version.AtLeast(25)) Old(o);
        var x = c.Options;
        o["NetworkMode"] = c.NetworkMode;
        o["PortBindings"] = PortBindings(x);
        o["RestartPolicy"] = new JsonObject { ["Name"] = x.Restart, ["MaximumRetryCount"] = x.RestartLimit };
        o["AutoRemove"] = x.AutoRemove;
        o["CapAdd"] = Json.TextsOrNull(x.CapAdd);
        o["CapDrop"] = Json.TextsOrNull(x.CapDrop);
        o["Dns"] = Json.Texts(x.Dns);
        o["DnsOptions"] = Json.Texts(x.DnsOptions);
        o["DnsSearch"] = Json.Texts(x.DnsSearch);
        o["ExtraHosts"] = Json.TextsOrNull(x.ExtraHosts);
        o["Links"] = c.Links.Count == 0 ? null : Json.Texts(c.Links.Select(l => $"/{l.Child.Name}:/{c.Name}/{l.Alias}"));
        o["Privileged"] = x.Privileged;
        o["PublishAllPorts"] = x.PublishAll;
        if (x.Sysctls.Count > 0) o["Sysctls"] = Json.Map(x.Sysctls);
        return o;
    }

    private static void Old(JsonObject o)
    {
        foreach (string name in new[] { "BlkioDeviceReadBps", "BlkioDeviceWriteBps", "BlkioDeviceReadIOps", "BlkioDeviceWriteIOps", "Ulimits" }) o[name] = null;
        o["KernelMemory"] = 0;
        o["KernelMemoryTCP"] = 0;
    }

    private static JsonObject PortBindings(ContainerOptions x)
    {
        var o = new JsonObject();
        foreach (var group in x.Publish.GroupBy(p => p.Port).OrderBy(g => g.Key, StringComparer.Ordinal))
            o[group.Key] = new JsonArray(group.Select(p => (JsonNode)new JsonObject { ["HostIp"] = p.Binding.HostAddress, ["HostPort"] = p.Binding.HostPort }).ToArray());
        return o;
    }

    private static JsonObject Take(string text) => JsonNode.Parse(text)!.AsObject();

    private static void Append(JsonObject o, string text)
    {
        foreach (var (name, value) in Take(text)) o[name] = value?.DeepClone();
    }
}
