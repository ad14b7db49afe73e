using System.Globalization;
using NetSim.Capture.Files;
using NetSim.Wire.Inspection;

namespace NetSim.Workbench.Live;

/// <summary>A packet in one line, for watching: time, interface, direction, who to whom, what.</summary>
internal static class PacketLine
{
    /// <summary>"13:50:35.123456 eth0 out tcp 10.0.0.1:40000 -> 10.0.0.2:80 SYN 80 (74 bytes)".</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="on">Its interface.</param>
    /// <param name="isNamed">Is the interface told?</param>
    public static string Of(in CapturedPacket packet, CaptureInterface on, bool isNamed)
    {
        string time = (DateTime.UnixEpoch + TimeSpan.FromTicks(packet.UnixNanoseconds / 100)).ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        string name = isNamed ? $" {on.Name}" : "", direction = packet.Outbound switch { true => " out", false => " in", null => "" };
        var told = FrameReading.Summarise(packet.Bytes, on.LinkType);
        string flow = told.Flow is { } f ? $" {f}" : "";
        return $"{time}{name}{direction}{flow} {Plain(told.Text)} ({packet.OriginalLength} bytes)";
    }

    /// <summary>Bytes of a stranger must not steer a terminal.</summary>
    private static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '.' : c)) : text;
}
