using NetSim.Model.Tracing;

namespace NetSim.Capture.Correlation;

/// <summary>What is known of the host on which captures were taken.</summary>
/// <param name="Changes">What builds its topology, from nothing.</param>
/// <param name="Files">Which file was taken where: by path or by the end of one ("pcap/host.br-app.pcap"). What is not among them is told by names and MAC addresses.</param>
public sealed record CaptureSetting(IReadOnlyList<Change> Changes, IReadOnlyDictionary<string, Place> Files);
