using System.Buffers.Binary;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Sightings;

/// <summary>A TCP segment at one point, and what it adds to the story of its flow.</summary>
internal readonly ref struct TcpSighting(SeenFlow flow, bool fromClient, PacketMark mark, IpView ip, TcpHeaderView tcp)
{
    private readonly SeenFlow _flow = flow;
    private readonly bool _fromClient = fromClient;
    private readonly PacketMark _mark = mark;
    private readonly IpView _ip = ip;
    private readonly TcpHeaderView _tcp = tcp;

    public void Note()
    {
        var (side, other) = _fromClient ? (_flow.Client, _flow.Server) : (_flow.Server, _flow.Client);
        var flags = _tcp.Flags;
        int length = Math.Max(0, LengthOnWire() - _tcp.HeaderLength);
        long quiet = _flow.Client.Packets + _flow.Server.Packets == 0 ? 0 : _mark.Time - _flow.LastTime;
        if (quiet > side.LongestQuiet) (side.LongestQuiet, side.EndOfQuiet) = (quiet, _mark);
        if (side.Packets++ == 0) (side.First, side.TimeToLive) = (_mark, _ip.TimeToLive);
        side.Bytes += length;
        if ((flags & TcpFlags.Syn) != TcpFlags.None) Syn(side);
        else if (length > 0) Data(side, other, length);
        if ((flags & TcpFlags.Fin) != TcpFlags.None) Fin(side, length);
        if ((flags & TcpFlags.Rst) != TcpFlags.None) Reset(side, quiet);
        if ((flags & TcpFlags.Ack) != TcpFlags.None) Acknowledge(side, flags);
        if (_tcp.Window == 0 && (flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) == TcpFlags.None && side.ZeroWindows++ == 0) side.ZeroWindow = _mark;
        side.Last = _mark;
    }

    private int LengthOnWire()
    {
        int total = _ip.IsV6 ? BinaryPrimitives.ReadUInt16BigEndian(_ip.Bytes[4..]) + 40 : BinaryPrimitives.ReadUInt16BigEndian(_ip.Bytes[2..]);
        return (total == 0 || total == 40 && _ip.IsV6 ? _ip.Bytes.Length : total) - _ip.HeaderLength;
    }

    private void Syn(SeenSide side)
    {
        if (side.Syns++ == 0)
        {
            side.Syn = _mark;
            side.InitialSequence = _tcp.SequenceNumber;
        }
        side.LastSyn = _mark;
        side.Expect(_tcp.SequenceNumber + 1);
        if (!_fromClient && _flow.HandshakeTime < 0 && _flow.Client.Syns == 1) _flow.HandshakeTime = _mark.Time - _flow.Client.Syn.Time;
    }

    private void Data(SeenSide side, SeenSide other, int length)
    {
        ushort id = _ip.IsV6 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(_ip.Bytes[4..]);
        side.Data(_tcp.SequenceNumber, length, id, _mark);
        if (_fromClient)
        {
            (_flow.Asked, _flow.AskedMark, _flow.SentAgainWhenAsked) = (_mark.Time, _mark, side.SentAgain + other.SentAgain);
            return;
        }
        if (_flow.Asked < 0) return;
        long wait = _mark.Time - _flow.Asked;
        if (wait > _flow.LongestWait)
            (_flow.LongestWait, _flow.WaitFrom, _flow.WaitTo, _flow.LostWhileWaiting) = (wait, _flow.AskedMark, _mark, side.SentAgain + other.SentAgain != _flow.SentAgainWhenAsked);
        _flow.Asked = -1;
    }

    private void Fin(SeenSide side, int length)
    {
        side.Fin ??= _mark;
        side.Expect(_tcp.SequenceNumber + (uint)length + 1);
    }

    private void Reset(SeenSide side, long quiet)
    {
        if (side.Rst is not null) return;
        (side.Rst, side.RstTimeToLive) = (_mark, _ip.TimeToLive);
        if (_flow.IdleBeforeReset == 0) _flow.IdleBeforeReset = quiet;
    }

    private void Acknowledge(SeenSide side, TcpFlags flags)
    {
        side.LastAck = _tcp.AcknowledgmentNumber;
        if (_fromClient && _flow.HasSynAck && (flags & (TcpFlags.Syn | TcpFlags.Rst)) == TcpFlags.None) _flow.IsEstablished = true;
        if (!_flow.HasSyn && !_flow.HasSynAck && _flow.Client.Packets > 0 && _flow.Server.Packets > 0) _flow.IsEstablished = true;
    }
}
