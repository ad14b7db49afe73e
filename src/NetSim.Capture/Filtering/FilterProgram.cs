using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using NetSim.Wire.Decoding;

namespace NetSim.Capture.Filtering;

/// <summary>A filter, compiled by libpcap for one link type. SharpPcap's own class for it names link types by another package's enumeration, which has no room for all of them.</summary>
internal sealed unsafe partial class FilterProgram : IDisposable
{
    private const string Library = "libpcap.so.0.8";
    private const int RawIpOfLinux = 12;
    private const int SnapLength = 262144;
    private const uint NoNetmask = 0xFFFF_FFFF;
    private readonly nint _handle;
    private BpfProgram _program;

    private FilterProgram(nint handle) => _handle = handle;

    /// <summary>Compiles.</summary>
    public static bool TryCompile(string text, int linkType, [NotNullWhen(true)] out FilterProgram? made, out string why)
    {
        bool raw = LinkTypes.IsRawIp(linkType) && linkType is not (LinkTypes.Ipv4 or LinkTypes.Ipv6);
        nint handle = OpenDead(raw ? RawIpOfLinux : linkType, SnapLength);
        made = new(handle);
        why = "";
        if (Compile(handle, ref made._program, text, 1, NoNetmask) == 0) return true;
        why = Marshal.PtrToStringUTF8(LastError(handle)) ?? "";
        Close(handle);
        made = null;
        return false;
    }

    /// <summary>Compiles for an open interface, as the kernel takes it: struct bpf_insn, eight bytes each.</summary>
    public static bool TryCompile(nint handle, string text, out ulong[] instructions, out string why)
    {
        var program = new BpfProgram();
        (instructions, why) = ([], "");
        if (Compile(handle, ref program, text, 1, NoNetmask) != 0)
        {
            why = Marshal.PtrToStringUTF8(LastError(handle)) ?? "";
            return false;
        }
        instructions = new ReadOnlySpan<ulong>((void*)program.Instructions, (int)program.Length).ToArray();
        Free(ref program);
        return true;
    }

    /// <summary>Does it let a packet through?</summary>
    public bool Takes(ReadOnlySpan<byte> packet, int length)
    {
        var head = new PacketHeader { Captured = (uint)packet.Length, Length = (uint)length };
        fixed (byte* bytes = packet) return Run(ref _program, ref head, bytes) != 0;
    }

    public void Dispose()
    {
        Free(ref _program);
        Close(_handle);
    }

    /// <summary>struct bpf_program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BpfProgram
    {
        public uint Length;
        public nint Instructions;
    }

    /// <summary>struct pcap_pkthdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PacketHeader
    {
        public nint Seconds;
        public nint Microseconds;
        public uint Captured;
        public uint Length;
    }

    [LibraryImport(Library, EntryPoint = "pcap_open_dead")]
    private static partial nint OpenDead(int linkType, int snapLength);

    [LibraryImport(Library, EntryPoint = "pcap_compile", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Compile(nint handle, ref BpfProgram program, string text, int optimise, uint netmask);

    [LibraryImport(Library, EntryPoint = "pcap_offline_filter")]
    private static partial int Run(ref BpfProgram program, ref PacketHeader head, byte* packet);

    [LibraryImport(Library, EntryPoint = "pcap_freecode")]
    private static partial void Free(ref BpfProgram program);

    [LibraryImport(Library, EntryPoint = "pcap_geterr")]
    private static partial nint LastError(nint handle);

    [LibraryImport(Library, EntryPoint = "pcap_close")]
    private static partial void Close(nint handle);
}
