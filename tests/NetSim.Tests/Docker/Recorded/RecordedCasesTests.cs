using System.Text.RegularExpressions;
using NetSim.Model.Addressing;
using NetSim.Model.Routing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Recorded;

/// <summary>What real engines answered, line by line. Ids, random MAC addresses and spans of time are not compared; nor is the order of lines, where the engine walks a map.</summary>
public sealed partial class RecordedCasesTests
{
    private static IEnumerable<RecordedCase> Cases => RecordedCase.All;

    [TestCaseSource(nameof(Cases))]
    public void Every_docker_line_answers_as_the_engine_did(RecordedCase recorded)
    {
        var host = Host(recorded);

        var differing = recorded.Steps.Where(s => !Same(host, s, out _)).Select(s => s.Line).ToList();

        Assert.That(differing, Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void Every_container_ends_up_with_the_files_that_the_engine_wrote(RecordedCase recorded)
    {
        var host = Host(recorded);
        foreach (var step in recorded.Steps) Same(host, step, out _);

        var actual = recorded.Files.ToDictionary(f => f.Key, f => Files(host, f.Key));

        Assert.That(actual, Is.EqualTo(recorded.Files.ToDictionary(f => f.Key, f => f.Value.Select(t => Free(t ?? "")).ToArray())));
    }

    /// <summary>The kernel of the recordings knows no ipvlan, VLAN or dummy.</summary>
    private static LabHost Host(RecordedCase recorded) => new(recorded.Engine, recorded.Daemon) { Lacks = ["ipvlan", "vlan", "dummy"] };

    private static string[] Files(LabHost host, string container) =>
        new[] { "/etc/resolv.conf", "/etc/hosts", "/etc/hostname" }.Select(p => Free(host.Topology.Files.GetValueOrDefault((container, p)) ?? "")).ToArray();

    private static bool Same(LabHost host, RecordedStep step, out string actual)
    {
        actual = "";
        if (step.Line == "daemon-restart") host.Restart();
        else if (step.Line.StartsWith("host ", StringComparison.Ordinal)) OnHost(host, step.Line);
        if (!step.Line.StartsWith("docker ", StringComparison.Ordinal)) return true;
        var result = host.Run(step.Line);
        actual = $"{result.ExitCode}\n{Free(result.Output)}\n{Free(result.Error)}";
        return actual == $"{step.ExitCode}\n{Free(step.Output)}\n{Free(step.Error)}";
    }

    private static void OnHost(LabHost host, string line)
    {
        var w = LabHost.Words(line);
        if (line.Contains("resolv.conf", StringComparison.Ordinal)) host.ResolvConf = Printed().Match(line).Groups[1].Value.Replace("\\n", "\n", StringComparison.Ordinal);
        else if (w is [_, "ip", "route", "add", var to, "via", var gateway]) host.Apply(new Change.RouteAdded("host", new Route { Destination = Subnet.Parse(to), Gateway = IpAddress.Parse(gateway), Interface = "up0" }));
        else if (w is [_, "ip", "route", "add", var link, "dev", var device]) host.Apply(new Change.RouteAdded("host", new Route { Destination = Subnet.Parse(link), Interface = device, Scope = "link" }));
        else if (w is [_, "ip", "addr", "add", var address, "dev", var on] && InterfaceAddress.TryParse(address, out var a)) host.Apply(new Change.AddressAdded("host", on, a));
        else if (w is [_, "ip", "link", "set", var name, var state]) host.Apply(new Change.InterfaceChanged("host", name, Up: state == "up"));
        else if (w is [_, "ip", "link", "add", var one, "type", "veth", "peer", "name", var other])
            host.Apply(new Change.VethMade("host", new InterfaceSpec { Name = one, Index = 101, Kind = InterfaceKind.Veth }, "host", new InterfaceSpec { Name = other, Index = 100, Kind = InterfaceKind.Veth }));
    }

    /// <summary>The text without what is random.</summary>
    private static string Free(string text)
    {
        text = Ids().Replace(text, "ID");
        text = Macs().Replace(text, m => m.Value.StartsWith("02:42", StringComparison.Ordinal) || m.Value.StartsWith("02:aa", StringComparison.Ordinal) ? m.Value : "MAC");
        text = Spans().Replace(text, "$1 T");
        text = LogTime().Replace(Veths().Replace(text, "VETH"), "");
        return string.Join('\n', text.Trim('\n').Split('\n').Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("printf \"(.*)\" >")]
    private static partial Regex Printed();

    [GeneratedRegex(@"\b([0-9a-f]{64}|[0-9a-f]{12})\b")]
    private static partial Regex Ids();

    [GeneratedRegex("([0-9a-f]{2}:){5}[0-9a-f]{2}")]
    private static partial Regex Macs();

    [GeneratedRegex(@"(Up|Exited \(\d+\)) (Less than a second|\d+ seconds?)")]
    private static partial Regex Spans();

    [GeneratedRegex("veth[0-9a-f]{7}")]
    private static partial Regex Veths();

    [GeneratedRegex(@"time=\\?""[^""]*"" ")]
    private static partial Regex LogTime();
}
