namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>Which ports each container exposes and publishes, and where on the host.</summary>
internal static class PortFacts
{
    public static void Add(Recording recording, Facts facts)
    {
        foreach (var c in recording.Containers)
        {
            string who = "container " + c.Str("Name").TrimStart('/');
            var ports = c.Obj("NetworkSettings").Pairs("Ports").ToList();
            if (ports.Count == 0) facts.Add("ports", who, "published or exposed", "none");
            foreach (var (port, _) in ports)
            {
                var bindings = c.Obj("NetworkSettings").Obj("Ports").Rows(port).Select(b => $"{b.Str("HostIp")}:{b.Str("HostPort")}").Order(StringComparer.Ordinal).ToList();
                facts.Add("ports", who, port, bindings.Count == 0 ? "exposed" : string.Join(", ", bindings));
            }
        }
    }
}
