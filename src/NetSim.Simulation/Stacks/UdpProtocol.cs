using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Sockets;
using NetSim.Wire;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>UDP of a namespace (RFC 768): which socket gets a datagram, and port unreachable when none does.</summary>
internal sealed class UdpProtocol(NamespaceStack stack) : IIcmpListener
{
    private readonly Kernel _kernel = stack.Kernel;
    private readonly Dictionary<ushort, List<UdpSocket>> _sockets = [];

    /// <summary>Opens a socket. Port 0 takes an ephemeral one.</summary>
    /// <exception cref="SocketFailure">EADDRINUSE, EADDRNOTAVAIL.</exception>
    public UdpSocket Open(IpAddress address, Port port, string program)
    {
        if (!address.IsAny && !stack.HasAddress(address)) throw new SocketFailure(Errno.AddressNotAvailable);
        if (port.Number == 0) port = PortBook.Choose(stack, p => IsTaken(p, address), even: false) ?? throw new SocketFailure(Errno.AddressInUse);
        else if (IsTaken(port.Number, address)) throw new SocketFailure(Errno.AddressInUse);
        var socket = new UdpSocket(stack, address, port, program);
        if (!_sockets.TryGetValue(port.Number, out var list)) _sockets[port.Number] = list = [];
        list.Add(socket);
        _kernel.Tell(new Change.SocketOpened(stack.Key, IpProtocol.Udp, address, port, program));
        return socket;
    }

    /// <summary>Forgets a socket.</summary>
    public void Close(UdpSocket socket)
    {
        if (!_sockets.TryGetValue(socket.Port.Number, out var list) || !list.Remove(socket)) return;
        if (list.Count == 0) _sockets.Remove(socket.Port.Number);
        _kernel.Tell(new Change.SocketClosed(stack.Key, IpProtocol.Udp, socket.Address, socket.Port));
    }

    /// <summary>Takes a datagram that is for this namespace.</summary>
    public void Receive(Frame frame)
    {
        var ip = frame.Ip;
        if (ip[0] >> 4 == 6) ReceiveV6(frame);
        else Receive(frame, ip[((ip[0] & 15) * 4)..], Checksum.PseudoHeaderV4(ip, (byte)IpProtocol.Udp, 0), (IpView.SourceV4(ip), IpView.DestinationV4(ip)));
    }

    private void ReceiveV6(Frame frame)
    {
        IpView.TryRead(frame.Ip, out var packet);
        Receive(frame, packet.Payload, packet.PseudoHeaderSum(0), (packet.Source, packet.Destination));
    }

    private void Receive(Frame frame, ReadOnlySpan<byte> bytes, uint pseudoHeader, in (IpAddress Source, IpAddress Destination) ends)
    {
        if (!UdpView.TryRead(bytes, out var datagram) || datagram.Length > bytes.Length)
        {
            _kernel.Drop(stack.Place, frame, DropReason.Malformed);
            return;
        }
        if (datagram.Checksum != 0 && Checksum.Of(datagram.Bytes, pseudoHeader + (uint)datagram.Bytes.Length) != 0)
        {
            _kernel.Drop(stack.Place, frame, DropReason.BadChecksum);
            return;
        }
        if (Find(ends.Destination, datagram.DestinationPort, ends.Source, datagram.SourcePort) is not { } socket)
        {
            if (ends.Source.IsV6) stack.Ipv6.End(frame, DropReason.NoSocket, (Icmp6Codes.Unreachable, Icmp6Codes.PortUnreachable, 0u));
            else stack.Ipv4.End(frame, DropReason.NoSocket, (IcmpCodes.Unreachable, IcmpCodes.PortUnreachable, 0u));
            return;
        }
        _kernel.Recorder.Step(stack.Place, frame, StepKind.Delivered, socket.Detail);
        socket.Deliver(datagram.Payload, ends.Source, new(datagram.SourcePort), ends.Destination);
        _kernel.Frames.Release(frame);
    }

    /// <summary>An ICMP error about a datagram of ours.</summary>
    public void Failed(IcmpHeader error, IpAddress from, IpView quoted)
    {
        if (!UdpView.TryRead(quoted.Payload, out var datagram)) return;
        Find(quoted.Source, datagram.SourcePort, quoted.Destination, datagram.DestinationPort)?.Failed(error, from, new(datagram.DestinationPort));
    }

    private bool IsTaken(ushort port, IpAddress address) =>
        _sockets.TryGetValue(port, out var list) && list.Exists(s => s.Address.IsV6 == address.IsV6 && (s.Address == address || s.Address.IsAny || address.IsAny));

    /// <summary>The socket that fits best: connected to the sender, then bound to the address, then bound to all.</summary>
    private UdpSocket? Find(in IpAddress local, ushort port, in IpAddress remote, ushort remotePort)
    {
        if (!_sockets.TryGetValue(port, out var list)) return null;
        UdpSocket? best = null;
        int bestScore = -1;
        for (int i = 0; i < list.Count; i++)
        {
            var socket = list[i];
            int score = socket.Score(local, remote, remotePort);
            if (score > bestScore) (best, bestScore) = (socket, score);
        }
        return best;
    }
}
