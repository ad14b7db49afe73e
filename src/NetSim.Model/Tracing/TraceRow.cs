using System.Runtime.InteropServices;

namespace NetSim.Model.Tracing;

/// <summary>What kind of event a row is. The set is closed; <see cref="Step"/> says what each means.</summary>
public enum StepKind : byte
{
    /// <summary>A table changed: A is the number of the <see cref="Tracing.Change"/>.</summary>
    Changed,
    /// <summary>A socket made the packet: A is the detail of the socket, B the frame or -1.</summary>
    Originated,
    /// <summary>An interface received the frame B. A is 1 when only a promiscuous tap sees it.</summary>
    Received,
    /// <summary>An interface transmitted the frame B.</summary>
    Transmitted,
    /// <summary>A tap saw the frame B; which way it went is not known. A is 1 where the tap was elsewhere and the frame only is addressed to here.</summary>
    Seen,
    /// <summary>A chain judged the packet: A is the detail (<see cref="FilterDetail"/>).</summary>
    Filtered,
    /// <summary>NAT rewrote the packet: A is the detail (<see cref="TranslationDetail"/>).</summary>
    Translated,
    /// <summary>A bridge chose a port: A is the port's place or -1 for all (flood) or -2 for the host, B is 1 when an FDB entry said so.</summary>
    Switched,
    /// <summary>A routing table chose: A is the detail (<see cref="RouteDetail"/>).</summary>
    Routed,
    /// <summary>A socket took the packet: A is the detail of the socket (<see cref="SocketDetail"/>).</summary>
    Delivered,
    /// <summary>The packet ended here: A is the <see cref="DropReason"/>, B a detail or -1.</summary>
    Dropped,
    /// <summary>The packet waits: A is the number of packets before it.</summary>
    Queued,
    /// <summary>A capture has a gap: A is the number of packets not seen.</summary>
    Lost,
    /// <summary>A fault did something to the packet: A is the <see cref="Topology.FaultKind"/>, B the delay in microseconds.</summary>
    Faulted,
}

/// <summary>One event as it is kept: 32 bytes, no references. <see cref="Trace"/> turns it into a <see cref="TraceEvent"/> for those who read.</summary>
/// <param name="Time">Nanoseconds since the trace's zero.</param>
/// <param name="Packet">The packet's number, or -1.</param>
/// <param name="Place">Index into <see cref="ITraceReader.Places"/>.</param>
/// <param name="A">See <see cref="StepKind"/>.</param>
/// <param name="B">See <see cref="StepKind"/>.</param>
/// <param name="Kind">What happened.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct TraceRow(long Time, int Packet, int Place, int A, int B, StepKind Kind);

/// <summary>Where an event happened: a namespace, and an interface of it or null for the stack itself.</summary>
/// <param name="Namespace">The namespace's key: "host", "outside", a container's name.</param>
/// <param name="Interface">The interface's name at that time, or null.</param>
public sealed record Place(string Namespace, string? Interface)
{
    /// <summary>"webapp eth0".</summary>
    public override string ToString() => Interface is null ? Namespace : $"{Namespace} {Interface}";
}
