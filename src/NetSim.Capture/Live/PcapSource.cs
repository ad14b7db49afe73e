using System.Runtime.InteropServices;
using NetSim.Capture.Filtering;
using NetSim.Capture.Sockets;
using NetSim.Model.Addressing;
using NetSim.Model.Input;
using SharpPcap;
using SharpPcap.LibPcap;

namespace NetSim.Capture.Live;

/// <summary>Captures through SharpPcap: on "any", tunnels, radio, NFLOG and what else libpcap opens.</summary>
internal sealed class PcapSource : ILiveSource
{
    private const int WaitMilliseconds = 50;
    private readonly LibPcapLiveDevice _device;
    private readonly nint _handle;
    private readonly long _fraction;
    private long _taken, _most = long.MaxValue;
    private bool _isEmpty;

    private PcapSource(LibPcapLiveDevice device)
    {
        _device = device;
        _handle = device.Handle.DangerousGetHandle();
        Descriptor = Libpcap.Descriptor(_handle);
        _fraction = device.TimestampResolution == TimestampResolution.Nanosecond ? 1 : 1000;
        LinkType = Libpcap.LinkType(_handle);
    }

    public string Name => _device.Name;

    public int LinkType { get; }

    public MacAddress? Mac => null;

    public int Descriptor { get; }

    public bool IsGone { get; private set; }

    /// <summary>What came before the end, but without chasing a sender that never pauses.</summary>
    public bool IsDrained => _most != long.MaxValue && (_isEmpty || _taken >= _most);

    /// <summary>Opens an interface.</summary>
    /// <exception cref="MachineException">There is none of that name, it is down, or a right is missing.</exception>
    public static PcapSource Open(string name, LiveOptions options)
    {
        var device = Find(name);
        try
        {
            device.Open(Configuration(options));
            if (options.Filter.Length > 0) device.Filter = options.Filter;
            device.NonBlockingMode = true;
            return new(device);
        }
        catch (PcapException e)
        {
            device.Dispose();
            throw Explain(name, options, e);
        }
    }

    /// <summary>A filter as the kernel takes it, compiled for an interface: there VLAN tags lie beside the frame, which a filter made without an interface does not know.</summary>
    /// <exception cref="InputException">It is none.</exception>
    /// <exception cref="MachineException">libpcap is missing, or the interface can't be opened.</exception>
    public static ulong[] Compile(string name, LiveOptions options)
    {
        if (options.Filter.Length == 0) return [];
        Libpcap.Require("A filter");
        var device = Find(name);
        try
        {
            device.Open(Configuration(options with { BufferMegabytes = 1, Promiscuous = false }));
            if (FilterProgram.TryCompile(device.Handle.DangerousGetHandle(), options.Filter, out ulong[] program, out string why)) return program;
            throw NoFilter(options.Filter, why);
        }
        catch (PcapException e)
        {
            throw Explain(name, options, e);
        }
        finally
        {
            device.Dispose();
        }
    }

    public unsafe bool TryTake(out RawPacket packet)
    {
        packet = default;
        nint header = 0, data = 0;
        var status = (int)_device.GetNextPacketPointers(ref header, ref data);
        _isEmpty = status != 1;
        // pcap_next_ex: 0 is nothing now, -1 an error, such as an interface that went away.
        if (status < 0) IsGone = true;
        if (_isEmpty) return false;
        // struct pcap_pkthdr: timeval of two 64-bit words, captured length, length.
        packet.Bytes = (byte*)data;
        packet.UnixNanoseconds = Marshal.ReadInt64(header) * 1_000_000_000 + Marshal.ReadInt64(header, 8) * _fraction;
        packet.Captured = Marshal.ReadInt32(header, 16);
        packet.Length = Marshal.ReadInt32(header, 20);
        _taken++;
        return true;
    }

    /// <summary>libpcap meets the error itself, when the next packet is asked for.</summary>
    public void Settle() { }

    public void Close()
    {
        var (received, dropped, _) = Libpcap.Counts(_handle);
        _most = Math.Max(_taken, received - dropped);
    }

    /// <summary>libpcap counts a packet of the loopback twice and hands it on once; what was received is therefore what was taken and what was dropped.</summary>
    public (long Received, long Dropped, long DroppedByInterface) Counts()
    {
        var (_, dropped, byInterface) = Libpcap.Counts(_handle);
        return (_taken + dropped, dropped, byInterface);
    }

    public void Dispose() => _device.Dispose();

    private static LibPcapLiveDevice Find(string name) => LibPcapLiveDeviceList.New().FirstOrDefault(d => d.Name == name) ?? throw InterfaceNames.Missing(name);

    private static DeviceConfiguration Configuration(LiveOptions options) => new()
    {
        Mode = options.Promiscuous ? DeviceModes.Promiscuous : DeviceModes.None,
        ReadTimeout = WaitMilliseconds,
        Snaplen = options.SnapLength,
        BufferSize = options.BufferMegabytes * 1024 * 1024,
        Immediate = true,
        TimestampResolution = TimestampResolution.Nanosecond,
    };

    private static InputException NoFilter(string filter, string? why) => new("filter", "", $"\"{filter}\" is none ({why}); an expression such as \"tcp port 80\" was expected");

    private static Exception Explain(string name, LiveOptions options, PcapException e)
    {
        if (options.Filter.Length > 0 && !PcapDevice.CheckFilter(options.Filter, out string? why)) return NoFilter(options.Filter, why);
        if (e.Error is PcapError.PermissionDenied or PcapError.PromiscuousPermissionDenied || e.Message.Contains("permission", StringComparison.OrdinalIgnoreCase))
            return new MachineException($"Capturing on {name} needs the right CAP_NET_RAW.", MissingRight.Remedy);
        return new MachineException($"Capturing on {name} is not possible: {e.Message.TrimEnd('.')}.", e.Message.Contains("not up", StringComparison.Ordinal) ? $"sudo ip link set {name} up" : "");
    }
}
