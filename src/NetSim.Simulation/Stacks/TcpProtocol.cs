using System.Buffers.Binary;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Sockets;
using NetSim.Wire;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>TCP of a namespace: which connection gets a segment, who listens, and RST where nobody does.</summary>
internal sealed class TcpProtocol(NamespaceStack stack) : IIcmpListener
{
    private readonly Kernel _kernel = stack.Kernel;
    private readonly FlowTable _connections = new();
    private readonly List<TcpListener> _listeners = [];
    private readonly SynCookie _cookies = new(stack.Kernel);
    private readonly int _detail = stack.Kernel.Recorder.Detail(new SocketDetail(IpProtocol.Tcp, IpAddress.AnyV4, default, "kernel"));

    /// <summary>Numbers that connections go by.</summary>
    public TcpSettings Settings { get; } = new();

    /// <summary>Opens a listening socket.</summary>
    /// <exception cref="SocketFailure">EADDRINUSE, EADDRNOTAVAIL.</exception>
    public TcpListener Listen(IpAddress address, Port port, string program, int backlog, bool onlyIpv6 = false)
    {
        if (!address.IsAny && !stack.HasAddress(address)) throw new SocketFailure(Errno.AddressNotAvailable);
        if (port.Number == 0) port = PortBook.Choose(stack, p => IsTaken(p, address), even: false) ?? throw new SocketFailure(Errno.AddressInUse);
        else if (IsTaken(port.Number, address)) throw new SocketFailure(Errno.AddressInUse);
        var listener = new TcpListener(stack, address, port, program, Math.Min(backlog, Settings.Backlog)) { IsDual = address.IsV6 && address.IsAny && !onlyIpv6 };
        _listeners.Add(listener);
        _kernel.Tell(new Change.SocketOpened(stack.Key, IpProtocol.Tcp, address, port, program));
        return listener;
    }

    /// <summary>Makes a connection to a peer; <see cref="TcpConnection.Open"/> sends SYN.</summary>
    /// <exception cref="SocketFailure">ENETUNREACH, EADDRNOTAVAIL, EADDRINUSE.</exception>
    public TcpConnection Connect(IpAddress destination, Port port, string program, IpAddress? source = null, Port sourcePort = default)
    {
        if ((source ?? stack.SourceFor(destination)) is not { } local || local.IsV6 != destination.IsV6) throw new SocketFailure(Errno.NetworkUnreachable);
        if (!stack.HasAddress(local)) throw new SocketFailure(Errno.AddressNotAvailable);
        var path = stack.PathTo(local, destination, IpProtocol.Tcp);
        if (!path.IsRoutable) throw new SocketFailure(Errno.NetworkUnreachable);
        bool Taken(ushort p) => IsInUse(local, p, destination, port.Number) || _listeners.Exists(l => l.Port.Number == p);
        if (sourcePort.Number == 0) sourcePort = PortBook.Choose(stack, Taken, even: true) ?? throw new SocketFailure(Errno.AddressNotAvailable);
        else if (IsInUse(local, sourcePort.Number, destination, port.Number)) throw new SocketFailure(Errno.AddressInUse);
        var made = new TcpConnection(stack, path, (sourcePort.Number, port.Number), program);
        if (_connections.Find(local, sourcePort.Number, destination, port.Number) is { } old)
        {
            made.Follow(old);
            old.Abort();
        }
        _connections.Add(made);
        return made;
    }

    /// <summary>Takes over what sysctls say.</summary>
    public void SysctlsChanged() => Settings.Read(stack.Facts.Sysctls);

    /// <summary>Forgets a connection.</summary>
    public void Forget(TcpConnection connection) => _connections.Remove(connection);

    /// <summary>Forgets a listener.</summary>
    public void Forget(TcpListener listener)
    {
        if (_listeners.Remove(listener)) _kernel.Tell(new Change.SocketClosed(stack.Key, IpProtocol.Tcp, listener.Address, listener.Port));
    }

    /// <summary>Takes a segment that is for this namespace.</summary>
    public void Receive(Frame frame)
    {
        var ip = frame.Ip;
        if (ip[0] >> 4 == 6) ReceiveV6(frame);
        else Receive(frame, ip[((ip[0] & 15) * 4)..], Checksum.PseudoHeaderV4(ip, (byte)IpProtocol.Tcp, 0), (IpView.SourceV4(ip), IpView.DestinationV4(ip)));
    }

    private void ReceiveV6(Frame frame)
    {
        IpView.TryRead(frame.Ip, out var packet);
        Receive(frame, packet.Payload, packet.PseudoHeaderSum(0), (packet.Source, packet.Destination));
    }

    private void Receive(Frame frame, ReadOnlySpan<byte> bytes, uint pseudoHeader, in (IpAddress Source, IpAddress Destination) ends)
    {
        if (!TcpView.TryRead(bytes, out var segment))
        {
            _kernel.Drop(stack.Place, frame, DropReason.Malformed);
            return;
        }
        if (Checksum.Of(segment.Bytes, pseudoHeader + (uint)segment.Bytes.Length) != 0)
        {
            _kernel.Drop(stack.Place, frame, DropReason.BadChecksum);
            return;
        }
        Take(frame, ends.Destination, ends.Source, segment);
        _kernel.Frames.Release(frame);
    }

    /// <summary>An ICMP error about a segment of ours.</summary>
    public void Failed(IcmpHeader error, IpAddress from, IpView quoted)
    {
        ushort local = (ushort)(quoted.Payload[0] << 8 | quoted.Payload[1]), remote = (ushort)(quoted.Payload[2] << 8 | quoted.Payload[3]);
        uint sequence = BinaryPrimitives.ReadUInt32BigEndian(quoted.Payload[4..]);
        if (error.Type != IcmpCodes.Unreachable || _connections.Find(quoted.Source, local, quoted.Destination, remote) is not { } connection || !connection.IsUnderWay(sequence)) return;
        var errno = error.Code switch { IcmpCodes.NetUnreachable => Errno.NetworkUnreachable, IcmpCodes.PortUnreachable or IcmpCodes.ProtocolUnreachable => Errno.ConnectionRefused, _ => Errno.HostUnreachable };
        if (error.Code == IcmpCodes.FragmentationNeeded) connection.PathTooNarrow();
        else if (connection.State == TcpState.SynSent) connection.Fail(errno);
        else connection.Hindered(errno);
    }

    /// <summary>Answers a segment that belongs nowhere with RST (RFC 9293, section 3.10.7.1).</summary>
    public void Refuse(IpPath path, TcpView segment)
    {
        if (segment.Has(TcpFlags.Rst)) return;
        path.Send(Answer(path, segment), _detail);
    }

    private Frame Answer(IpPath path, TcpView segment)
    {
        bool ack = segment.Has(TcpFlags.Ack);
        uint length = (uint)segment.Payload.Length + (segment.Has(TcpFlags.Syn) ? 1u : 0) + (segment.Has(TcpFlags.Fin) ? 1u : 0);
        var header = new TcpHeader
        {
            SourcePort = segment.DestinationPort,
            DestinationPort = segment.SourcePort,
            SequenceNumber = ack ? segment.AcknowledgmentNumber : 0,
            AcknowledgmentNumber = ack ? 0 : segment.SequenceNumber + length,
            Flags = ack ? TcpFlags.Rst : TcpFlags.Rst | TcpFlags.Ack,
        };
        var frame = _kernel.Frames.Rent(header.Length);
        header.Write(frame.Span, path.PseudoHeaderSum(header.Length));
        return frame;
    }

    /// <summary>Answers a segment that a rule rejected with RST, in the name of whom it was for. What came in by a port of a bridge that netfilter watches is answered by that port, past the bridge.
    /// Source: linux v6.6 net/ipv4/netfilter/nf_reject_ipv4.c nf_send_reset.</summary>
    public void Reset(Frame frame)
    {
        if (!IpView.TryRead(frame.Ip, out var packet) || packet.Protocol != IpProtocol.Tcp || !TcpView.TryRead(packet.Payload, out var segment)) return;
        var path = stack.PathTo(packet.Destination, packet.Source, IpProtocol.Tcp);
        if (frame.PhysicalIn is not { Master: not null } port || packet.IsV6) Refuse(path, segment);
        else if (!segment.Has(TcpFlags.Rst)) Turn(frame, Answer(path, segment), (packet.Destination, packet.Source), port);
    }

    private void Turn(Frame about, Frame answer, (IpAddress From, IpAddress To) ends, Device port)
    {
        var header = new Ipv4Header { Source = ends.From, Destination = ends.To, Protocol = IpProtocol.Tcp, DontFragment = true };
        int length = answer.Length;
        header.Write(answer.Push(Ipv4Header.Length + EthernetHeader.Length)[EthernetHeader.Length..], length);
        EthernetHeader.Write(answer.Span, new(Device.Source(about)), new(Device.Destination(about)), EtherType.Ipv4);
        _kernel.Recorder.Step(stack.Place, answer, StepKind.Originated, _detail);
        port.Transmit(answer);
    }

    private void Take(Frame frame, in IpAddress local, in IpAddress remote, TcpView segment)
    {
        if (_connections.Find(local, segment.DestinationPort, remote, segment.SourcePort) is { } connection && !Reopens(connection, segment))
        {
            bool acceptable = connection.Accepts(segment);
            if (acceptable) _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, connection.Detail);
            else _kernel.Recorder.Dropped(stack.Place, frame, DropReason.NotWanted);
            connection.Receive(segment, acceptable);
            return;
        }
        var listener = Listener(local, segment.DestinationPort);
        bool opens = segment.Has(TcpFlags.Syn) && !segment.Has(TcpFlags.Ack) && !segment.Has(TcpFlags.Rst);
        if (listener is null || !opens && !(listener.SentCookies && segment.Has(TcpFlags.Ack)))
        {
            _kernel.Recorder.Dropped(stack.Place, frame, DropReason.NoSocket);
            Refuse(stack.PathTo(local, remote, IpProtocol.Tcp), segment);
        }
        else if (!opens) OpenByCookie(frame, listener, stack.PathTo(local, remote, IpProtocol.Tcp), segment);
        else if (!listener.HasRoom) _kernel.Recorder.Dropped(stack.Place, frame, DropReason.QueueFull);
        else if (Settings.SynCookies > 1 || listener.IsSynQueueFull) AnswerWithoutState(frame, listener, stack.PathTo(local, remote, IpProtocol.Tcp), segment);
        else if (Settings.SynCookies == 0 && Settings.SynBacklog - listener.SynQueue < Settings.SynBacklog >> 2) _kernel.Recorder.Dropped(stack.Place, frame, DropReason.QueueFull);
        else Open(frame, listener, stack.PathTo(local, remote, IpProtocol.Tcp), segment);
    }

    /// <summary>The SYN queue is full: a SYN-ACK that holds all there is to remember, or nothing.</summary>
    private void AnswerWithoutState(Frame frame, TcpListener listener, IpPath path, TcpView syn)
    {
        if (Settings.SynCookies == 0)
        {
            _kernel.Recorder.Dropped(stack.Place, frame, DropReason.QueueFull);
            return;
        }
        listener.SentCookies = true;
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, _detail);
        var answer = _cookies.Answer(path, syn, Settings);
        var sent = _kernel.Frames.Rent(answer.Length);
        answer.Write(sent.Span, path.PseudoHeaderSum(answer.Length));
        path.Send(sent, _detail);
    }

    private void OpenByCookie(Frame frame, TcpListener listener, IpPath path, TcpView ack)
    {
        if (_cookies.Check(path, ack) is not { } terms || !listener.HasRoom)
        {
            _kernel.Recorder.Dropped(stack.Place, frame, DropReason.NoSocket);
            if (listener.HasRoom) Refuse(path, ack);
            return;
        }
        var connection = new TcpConnection(stack, path, (ack.DestinationPort, ack.SourcePort), listener.Program) { Listener = listener };
        _connections.Add(connection);
        listener.Opening(connection);
        connection.AcceptCookie(terms, ack);
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, connection.Detail);
        connection.Receive(ack, acceptable: true);
    }

    private void Open(Frame frame, TcpListener listener, IpPath path, TcpView syn)
    {
        var connection = new TcpConnection(stack, path, (syn.DestinationPort, syn.SourcePort), listener.Program) { Listener = listener };
        _connections.Add(connection);
        listener.Opening(connection);
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, connection.Detail);
        connection.Accept(syn);
    }

    /// <summary>A new SYN may take the place of a connection in TIME_WAIT (RFC 9293, section 3.6.1).</summary>
    private bool Reopens(TcpConnection connection, TcpView segment)
    {
        if (connection.State != TcpState.TimeWait || !segment.Has(TcpFlags.Syn) || segment.Has(TcpFlags.Ack) || segment.Has(TcpFlags.Rst)) return false;
        var options = segment.Options;
        if (!connection.GivesWayTo(segment.SequenceNumber, options.HasTimestamps, options.TimestampValue)) return false;
        connection.Abort();
        return true;
    }

    private TcpListener? Listener(IpAddress local, ushort port)
    {
        TcpListener? best = null;
        foreach (var l in _listeners)
        {
            if (l.Port.Number != port || l.Address.IsV6 != local.IsV6 && !l.IsDual) continue;
            if (l.Address == local) return l;
            if (l.Address.IsAny && (best is null || l.Address.IsV6 == local.IsV6)) best = l;
        }
        return best;
    }

    /// <summary>Is there such a conversation, other than one in TIME_WAIT that may be opened again?</summary>
    private bool IsInUse(IpAddress local, ushort localPort, IpAddress remote, ushort remotePort) =>
        _connections.Find(local, localPort, remote, remotePort) is { } c
        && !(Settings.ReusesTimeWait > 0 && (Settings.ReusesTimeWait == 1 || remote.IsLoopback || local == remote) && c.MayBeReused);

    private bool IsTaken(ushort port, IpAddress address) =>
        _listeners.Exists(l => l.Port.Number == port && l.Address.IsV6 == address.IsV6 && (l.Address == address || l.Address.IsAny || address.IsAny));
}
