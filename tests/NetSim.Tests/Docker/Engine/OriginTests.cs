using NetSim.Docker.Engine;
using NetSim.Model.Tracing;
using NetSim.Tests.Docker.Recorded;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Engine;

/// <summary>All that the engine makes and undoes says what brought it.</summary>
public sealed class OriginTests
{
    /// <summary>What the kernel does by itself when dockerd asks for something else: loopback addresses, a bridge that follows its ports' MTU.</summary>
    private static bool IsKernels(Change c) => c is Change.AddressAdded { Interface: "lo" } or Change.InterfaceChanged { Mtu: not null, Up: null, Master: null };

    private static IEnumerable<RecordedCase> Cases => RecordedCase.All;

    [TestCaseSource(nameof(Cases))]
    public void Every_change_has_an_object_and_a_rule_as_its_origin(RecordedCase recorded)
    {
        var engine = new DockerEngine(recorded.Engine, EngineSettings.Parse(recorded.Daemon), LabHost.Images, new Random(1));
        var changes = engine.Boot(new()).Concat(recorded.Steps.Where(s => s.Line.StartsWith("docker ", StringComparison.Ordinal)).SelectMany(s => engine.Execute(LabHost.Words(s.Line).Skip(1).ToList(), new()).Changes)).ToList();

        var bare = changes.Where(c => c.Origin is { Object.Length: 0 } or { Rule.Length: 0 } && !IsKernels(c)).Select(c => $"{c.GetType().Name} {c.Origin.Object} {c.Origin.Rule}").Distinct();

        Assert.That(bare, Is.Empty);
    }
}
