namespace NetSim.Analysis.Flows;

/// <summary>What the sequence numbers of a segment tell. The names are those of tshark's tcp.analysis fields.</summary>
[Flags]
internal enum TcpMarks : ushort
{
    None = 0,
    Retransmission = 1,
    FastRetransmission = 2,
    SpuriousRetransmission = 4,
    OutOfOrder = 8,
    LostSegment = 16,
    AckLostSegment = 32,
    DuplicateAck = 64,
    ZeroWindow = 128,
    ZeroWindowProbe = 256,
    ZeroWindowProbeAck = 512,
    WindowFull = 1024,
    WindowUpdate = 2048,
    KeepAlive = 4096,
    KeepAliveAck = 8192,
    ReusedPorts = 16384,

    /// <summary>All that repeat what was sent before.</summary>
    AnyRetransmission = Retransmission | FastRetransmission | SpuriousRetransmission,
}
