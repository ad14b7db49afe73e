using System.Runtime.InteropServices;
using NetSim.Capture.Files;
using NetSim.Model.Input;
using SharpPcap;
using SharpPcap.LibPcap;

namespace NetSim.Capture.Live;

/// <summary>An interface that is being captured on.</summary>
internal sealed class LiveInterface : IDisposable
{
    private const int WaitMilliseconds = 50;
    private readonly LibPcapLiveDevice _device;
    private readonly nint _handle;
    private readonly int _descriptor;
    private readonly long _fraction;

    private LiveInterface(LibPcapLiveDevice device, int number)
    {
        _device = device;
        _handle = device.Handle.DangerousGetHandle();
        _descriptor = Libpcap.Descriptor(_handle);
        _fraction = device.TimestampResolution == TimestampResolution.Nanosecond ? 1 : 1000;
        Number = number;
        LinkType = Libpcap.LinkType(_handle);
    }

    /// <summary>Its number among those captured on.</summary>
    public int Number { get; }

    /// <summary>"eth0".</summary>
    public string Name => _device.Name;

    /// <summary>LINKTYPE number of its packets.</summary>
    public int LinkType { get; }

    /// <summary>Packets handed on.</summary>
    public long Taken { get; private set; }

    /// <summary>Counts so far.</summary>
    public LiveCounts Counts
    {
        get
        {
            var (received, dropped, byInterface) = Libpcap.Counts(_handle);
            return new(Name, received, dropped, byInterface, Taken);
        }
    }

    /// <summary>Opens an interface.</summary>
    /// <exception cref="MachineException">There is none of that name, it is down, or a right is missing.</exception>
    /// <exception cref="InputException">The filter is none.</exception>
    public static LiveInterface Open(string name, int number, LiveOptions options)
    {
        var all = LibPcapLiveDeviceList.New();
        var device = all.FirstOrDefault(d => d.Name == name);
        if (device is null) throw new MachineException($"There is no interface \"{name}\"; there are {string.Join(", ", Listed(all))}.", "");
        try
        {
            device.Open(Configuration(options));
            if (options.Filter.Length > 0) device.Filter = options.Filter;
            device.NonBlockingMode = true;
            return new(device, number);
        }
        catch (PcapException e)
        {
            device.Dispose();
            throw Explain(name, options, e);
        }
    }

    /// <summary>Takes the next packet if one comes within 50 ms.</summary>
    public unsafe bool TryTake(out CapturedPacket packet)
    {
        packet = default;
        nint header = 0, data = 0;
        if (_device.GetNextPacketPointers(ref header, ref data) != 1)
        {
            Libpcap.Wait(_descriptor, WaitMilliseconds);
            if (_device.GetNextPacketPointers(ref header, ref data) != 1) return false;
        }
        // struct pcap_pkthdr: timeval of two 64-bit words, captured length, length.
        long seconds = Marshal.ReadInt64(header), fraction = Marshal.ReadInt64(header, 8);
        packet = new()
        {
            Bytes = new ReadOnlySpan<byte>((void*)data, Marshal.ReadInt32(header, 16)),
            OriginalLength = Marshal.ReadInt32(header, 20),
            UnixNanoseconds = seconds * 1_000_000_000 + fraction * _fraction,
            HasTime = true,
            Interface = Number,
        };
        Taken++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _device.Dispose();

    private static DeviceConfiguration Configuration(LiveOptions options) => new()
    {
        Mode = options.Promiscuous ? DeviceModes.Promiscuous : DeviceModes.None,
        ReadTimeout = WaitMilliseconds,
        Snaplen = options.SnapLength,
        BufferSize = options.BufferMegabytes * 1024 * 1024,
        Immediate = true,
        TimestampResolution = TimestampResolution.Nanosecond,
    };

    private static Exception Explain(string name, LiveOptions options, PcapException e)
    {
        if (options.Filter.Length > 0 && !PcapDevice.CheckFilter(options.Filter, out string? why))
            return new InputException("filter", "", $"\"{options.Filter}\" is none ({why}); an expression such as \"tcp port 80\" was expected");
        if (e.Error is PcapError.PermissionDenied or PcapError.PromiscuousPermissionDenied || e.Message.Contains("permission", StringComparison.OrdinalIgnoreCase))
            return new MachineException($"Capturing on {name} needs the right CAP_NET_RAW.", "run it with sudo, or once: sudo setcap cap_net_raw,cap_net_admin+ep $(readlink -f $(command -v dotnet))");
        return new MachineException($"Capturing on {name} is not possible: {e.Message.TrimEnd('.')}.", e.Message.Contains("not up", StringComparison.Ordinal) ? $"sudo ip link set {name} up" : "");
    }

    private static IEnumerable<string> Listed(LibPcapLiveDeviceList all) => all.Select(d => d.Name).Where(n => !n.StartsWith("nf", StringComparison.Ordinal) && !n.StartsWith("dbus", StringComparison.Ordinal) && !n.StartsWith("usbmon", StringComparison.Ordinal) && !n.StartsWith("bluetooth", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
