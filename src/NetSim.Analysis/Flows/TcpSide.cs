namespace NetSim.Analysis.Flows;

/// <summary>One direction of a TCP stream: what its sender sent.</summary>
internal struct TcpSide
{
    /// <summary>Window scale: not known yet.</summary>
    public const sbyte ScaleUnknown = -1;

    /// <summary>Window scale: known not to be used.</summary>
    public const sbyte ScaleUnused = -2;

    public uint FirstSequence, NextSequence, HighestInOrder, LastAck;

    /// <summary>Window of the last segment as it stood there; all bits are set before the first.</summary>
    public uint Window;

    /// <summary>Duplicate ACKs in a row; all bits are set after an ACK of what was not seen, which counts as many, as it does in Wireshark.</summary>
    public uint DuplicateAcks;
    public long NextSequenceTime, LastAckTime;
    public TcpMarks LastMarks;
    public sbyte WindowScale;
    public bool IsFirstSequenceKnown, IsFirstAckToCome, HasFin;

    public uint Packets, Syn, Fin, Rst, Retransmissions, HighestInFlight;
    public long Bytes, Payload;
}

/// <summary>A TCP stream: both directions and what concerns both.</summary>
internal struct TcpStream
{
    /// <summary>What the lower end and what the higher end sent.</summary>
    public TcpSide Low, High;

    public long FirstTime, LastTime;

    /// <summary>Time of the last SYN, and from it to the first ACK; -1 as long as there is none.</summary>
    public long SynTime, HandshakeTime;
    public bool IsFirstFromHigh, IsOpen, HasSynAck, WasReset, HasPayload;
    public byte Application, Looks;
    public ResetCause Reset;

    public void Open(bool fromHigh, long time)
    {
        Low.Window = High.Window = uint.MaxValue;
        Low.WindowScale = High.WindowScale = TcpSide.ScaleUnknown;
        IsFirstFromHigh = fromHigh;
        IsOpen = true;
        FirstTime = LastTime = time;
        SynTime = HandshakeTime = -1;
    }
}

/// <summary>Why a stream was reset, as far as the packets tell.</summary>
internal enum ResetCause : byte
{
    None,
    /// <summary>A SYN was answered by RST: nobody listens, or somebody refuses.</summary>
    Refused,
    /// <summary>The handshake was done by half: the one that asked gave up.</summary>
    HalfOpen,
    /// <summary>In the middle of an open stream.</summary>
    Aborted,
    /// <summary>After a FIN: one end closed while the other still sent.</summary>
    AfterClose,
    /// <summary>Nothing else was seen of the stream.</summary>
    Unknown,
}
