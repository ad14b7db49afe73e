using NetSim.Capture.Files;
using NetSim.Simulation.Devices;

namespace NetSim.Benchmarks;

/// <summary>Writes every frame that enters a bridge port into one classic pcap file.</summary>
internal sealed class PortCapture(string path) : IFrameTap, IDisposable
{
    private readonly PcapWriter _writer = PcapWriter.Create(path);
    private bool _closed;

    public void Saw(long nanoseconds, ReadOnlySpan<byte> frame) => _writer.Write(nanoseconds, frame);

    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _writer.Dispose();
    }
}
