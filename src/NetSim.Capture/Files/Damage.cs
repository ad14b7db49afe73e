namespace NetSim.Capture.Files;

/// <summary>Where a capture stops making sense. The packets before it were read.</summary>
/// <param name="File">The file as the user named it; "-" is standard input.</param>
/// <param name="Byte">Offset in the file, unpacked if it is packed.</param>
/// <param name="Sentence">What is wrong there.</param>
public sealed record Damage(string File, long Byte, string Sentence)
{
    /// <summary>"x.pcap:byte 4711: the file ends in the middle of a packet".</summary>
    public override string ToString() => $"{File}:byte {Byte}: {Sentence}";
}
