using NetSim.Capture.Files;

namespace NetSim.Scenarios.Tests.Wires;

/// <summary>The frames of one interface of a pcapng.</summary>
internal sealed record InterfaceFrames(string Name, List<byte[]> Frames)
{
    /// <summary>All interfaces of a pcapng, by our own reader.</summary>
    public static List<InterfaceFrames> Of(byte[] pcapng, out Damage? damage)
    {
        using var reader = CaptureReader.Open(new MemoryStream(pcapng), "run.pcapng");
        var all = new List<InterfaceFrames>();
        while (reader.TryNext(out var packet))
        {
            while (all.Count < reader.Interfaces.Count) all.Add(new(reader.Interfaces[all.Count].Name, []));
            all[packet.Interface].Frames.Add(packet.Bytes.ToArray());
        }
        damage = reader.Damage;
        return all;
    }
}
