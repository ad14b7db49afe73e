using NetSim.Capture.Sockets;
using NetSim.Model.Input;

namespace NetSim.Capture.Live;

/// <summary>Which way an interface is captured on: by a ring of our own where it speaks Ethernet, else through SharpPcap.</summary>
internal static class LiveSources
{
    /// <summary>Opens an interface, on a thread in its namespace.</summary>
    /// <exception cref="MachineException">The interface, libpcap or a right is missing.</exception>
    /// <exception cref="InputException">The filter is none.</exception>
    public static ILiveSource Open(string name, LiveOptions options)
    {
        bool isOfKernel = SystemCalls.IndexOf(name) != 0;
        if (isOfKernel && RingSource.TryOpen(name, options, () => PcapSource.Compile(name, options)) is { } ring) return ring;
        Libpcap.Require(isOfKernel ? $"Capturing on {name}" : "Live capture");
        return PcapSource.Open(name, options);
    }
}
