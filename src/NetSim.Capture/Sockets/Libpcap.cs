using System.Runtime.InteropServices;
using NetSim.Model.Input;

namespace NetSim.Capture.Sockets;

/// <summary>Calls of libpcap that SharpPcap gets wrong or hides. Its counts are read as eight bytes each where they have four (pcap_stats(3)), so that drops are always 0.</summary>
internal static partial class Libpcap
{
    private const string Library = "libpcap.so.0.8";
    private const int RawIpOfLinux = 12;
    private const int RawIpInFiles = 101;

    /// <summary>Fails where there is no libpcap.</summary>
    /// <exception cref="MachineException">It is missing.</exception>
    /// <param name="what">What needs it.</param>
    public static void Require(string what = "Live capture")
    {
        if (!NativeLibrary.TryLoad(Library, out _)) throw new MachineException($"{what} needs libpcap, which is not installed.", "sudo apt-get install -y libpcap0.8");
    }

    /// <summary>Received, dropped by the kernel, dropped by the interface.</summary>
    public static (long Received, long Dropped, long DroppedByInterface) Counts(nint handle)
    {
        var counts = new uint[3];
        return Stats(handle, counts) == 0 ? (counts[0], counts[1], counts[2]) : default;
    }

    /// <summary>The link type as files hold it.</summary>
    public static int LinkType(nint handle) => DataLink(handle) is var type && type == RawIpOfLinux ? RawIpInFiles : type;

    /// <summary>The file descriptor that becomes readable when a packet is there.</summary>
    public static int Descriptor(nint handle) => SelectableDescriptor(handle);

    [LibraryImport(Library, EntryPoint = "pcap_get_selectable_fd")]
    private static partial int SelectableDescriptor(nint handle);

    [LibraryImport(Library, EntryPoint = "pcap_stats")]
    private static partial int Stats(nint handle, [Out] uint[] counts);

    [LibraryImport(Library, EntryPoint = "pcap_datalink")]
    private static partial int DataLink(nint handle);
}
