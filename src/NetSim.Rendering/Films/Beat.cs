using NetSim.Rendering.Stories;

namespace NetSim.Rendering.Films;

/// <summary>One thing that a film tells: something that appears, or a packet on its way.</summary>
/// <param name="Row">The state of the trace that is its background.</param>
/// <param name="Milliseconds">How long it rests after it has happened.</param>
/// <param name="New">Keys of what appears.</param>
/// <param name="Sentence">What is told; empty for a packet, which has its own.</param>
/// <param name="Why">The line below.</param>
/// <param name="Packet">The packet that moves, or null.</param>
/// <param name="Pair">The veth pair that is shown as an arc before it is plugged in: the host's end; or null.</param>
internal sealed record Beat(long Row, double Milliseconds, IReadOnlySet<string> New, string Sentence, string Why, PacketEntry? Packet = null, string? Pair = null);
