using NetSim.Model.Tracing;

namespace NetSim.Analysis.Sightings;

/// <summary>Where packets were seen: an interface of a capture file, or of a simulated run.</summary>
/// <param name="Number">Its number among all that are looked at together.</param>
/// <param name="File">The file as the user named it.</param>
/// <param name="Place">Which interface of which namespace, where that is known.</param>
public sealed record ObservationPoint(int Number, string File, Place? Place)
{
    /// <summary>"web eth0", or the file's name.</summary>
    public string Name => Place is { } p ? p.ToString() : System.IO.Path.GetFileName(File);
}

/// <summary>A packet that was seen: what evidence names.</summary>
/// <param name="Point">Where.</param>
/// <param name="Number">Its number in the file, from 1 as Wireshark counts.</param>
/// <param name="Time">Nanoseconds since 1970.</param>
public readonly record struct PacketMark(ObservationPoint Point, long Number, long Time);
