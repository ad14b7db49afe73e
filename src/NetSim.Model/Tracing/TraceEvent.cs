namespace NetSim.Model.Tracing;

/// <summary>"This happened to this packet (or this table) at this place." Exactly one of <paramref name="Step"/> and <paramref name="Change"/> is set.</summary>
/// <param name="Number">Its place in the trace's order, from 0.</param>
/// <param name="Time">When.</param>
/// <param name="Packet">Which packet, or <see cref="PacketId.None"/>.</param>
/// <param name="Place">Where.</param>
/// <param name="Step">What became of the packet.</param>
/// <param name="Change">What changed in a table.</param>
public sealed record TraceEvent(long Number, SimTime Time, PacketId Packet, Place Place, Step? Step, Change? Change);
