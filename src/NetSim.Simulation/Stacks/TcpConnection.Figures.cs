using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Stacks;

/// <summary>This file: what the kernel tells about a connection.</summary>
internal sealed partial class TcpConnection
{
    private long _retransmits;

    /// <summary>How it stands (TCP_INFO).</summary>
    public TcpFigures Figures => new(_segment, (long)_window.Segments * _segment, _retransmits);
}
