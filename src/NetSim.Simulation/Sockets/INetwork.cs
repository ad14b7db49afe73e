using NetSim.Model.Addressing;
using NetSim.Model.Routing;

namespace NetSim.Simulation.Sockets;

/// <summary>What a process may ask of its namespace's network stack. All calls run in simulated time, on one thread; tasks complete from the event loop.</summary>
public interface INetwork
{
    /// <summary>A UDP socket. Port 0 takes an ephemeral one; an address of all zeros binds to all.</summary>
    /// <exception cref="SocketFailure">EADDRINUSE, EADDRNOTAVAIL.</exception>
    IUdpSocket OpenUdp(IpAddress address, Port port, string program);

    /// <summary>A listening TCP socket. One of :: takes connections over IPv4 as well, unless it is for IPv6 only (IPV6_V6ONLY).</summary>
    /// <exception cref="SocketFailure">EADDRINUSE, EADDRNOTAVAIL.</exception>
    ITcpListener Listen(IpAddress address, Port port, string program, int backlog = 128, bool onlyIpv6 = false);

    /// <summary>Connects. The kernel chooses the source address by the route and an ephemeral port, unless they are given. Cancelling closes the socket: no SYN follows, and the task does not end.
    /// <paramref name="maximumSegment"/>, unless 0, is the most that the program wants of a segment (TCP_MAXSEG).</summary>
    /// <exception cref="SocketFailure">ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT.</exception>
    Task<ITcpConnection> Connect(IpAddress destination, Port port, string program, IpAddress? source = null, Port sourcePort = default, CancellationToken cancelled = default, int maximumSegment = 0);

    /// <summary>An ICMP echo socket (of the family of the destinations it will be used for).</summary>
    IPingSocket OpenPing(bool v6, string program);

    /// <summary>A packet socket for ARP on an interface.</summary>
    /// <exception cref="SocketFailure">There is no such interface.</exception>
    IArpSocket OpenArp(string device, string program);

    /// <summary>Pins a neighbour's hardware address (`ip neigh add`), or forgets the neighbour.</summary>
    void SetNeighbour(string device, IpAddress address, MacAddress? mac);

    /// <summary>The source address that the kernel would take towards a destination, or null when there is no route.</summary>
    IpAddress? SourceFor(IpAddress destination);

    /// <summary>The routing table, for `ip route`.</summary>
    RoutingTable Routes { get; }
}

/// <summary>A failed socket call, by the kernel's word.</summary>
/// <param name="errno">What the kernel says.</param>
public sealed class SocketFailure(Errno errno) : Exception(errno.ToString())
{
    /// <summary>What the kernel says.</summary>
    public Errno Errno { get; } = errno;
}

/// <summary>Errors of socket calls; <see cref="ErrnoText"/> has libc's words.</summary>
public enum Errno
{
    /// <summary>Network is unreachable.</summary>
    NetworkUnreachable,
    /// <summary>No route to host.</summary>
    HostUnreachable,
    /// <summary>Connection refused.</summary>
    ConnectionRefused,
    /// <summary>Connection timed out.</summary>
    TimedOut,
    /// <summary>Connection reset by peer.</summary>
    ConnectionReset,
    /// <summary>Broken pipe.</summary>
    BrokenPipe,
    /// <summary>Address already in use.</summary>
    AddressInUse,
    /// <summary>Cannot assign requested address.</summary>
    AddressNotAvailable,
    /// <summary>Message too long.</summary>
    MessageTooLong,
    /// <summary>Permission denied (broadcast without SO_BROADCAST).</summary>
    PermissionDenied,
    /// <summary>Operation not permitted (a rule in OUTPUT dropped it).</summary>
    NotPermitted,
    /// <summary>Invalid argument (the route is a black hole).</summary>
    InvalidArgument,
}

/// <summary>libc's words for errors (glibc 2.36 strerror).</summary>
public static class ErrnoText
{
    /// <summary>"Connection refused".</summary>
    public static string Of(Errno errno) => errno switch
    {
        Errno.NetworkUnreachable => "Network is unreachable",
        Errno.HostUnreachable => "No route to host",
        Errno.ConnectionRefused => "Connection refused",
        Errno.TimedOut => "Connection timed out",
        Errno.ConnectionReset => "Connection reset by peer",
        Errno.BrokenPipe => "Broken pipe",
        Errno.AddressInUse => "Address already in use",
        Errno.AddressNotAvailable => "Cannot assign requested address",
        Errno.MessageTooLong => "Message too long",
        Errno.PermissionDenied => "Permission denied",
        Errno.InvalidArgument => "Invalid argument",
        _ => "Operation not permitted",
    };
}

/// <summary>A received datagram.</summary>
/// <param name="Data">Payload.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="SourcePort">Its port.</param>
/// <param name="Destination">The address it was sent to.</param>
public sealed record Datagram(byte[] Data, IpAddress Source, Port SourcePort, IpAddress Destination);

/// <summary>A UDP socket.</summary>
public interface IUdpSocket : IDisposable
{
    /// <summary>Its own port.</summary>
    Port Port { get; }

    /// <summary>TTL of what is sent; 0 is the namespace's default.</summary>
    int TimeToLive { get; set; }

    /// <summary>Does it probe the path: datagrams with DF, refused when they are larger than the interface's MTU (IP_PMTUDISC_PROBE)?</summary>
    bool ProbesPath { get; set; }

    /// <summary>Fixes the peer: only its datagrams arrive, and ICMP errors become failures of the next call.</summary>
    void Connect(IpAddress destination, Port port);

    /// <summary>Sends a datagram.</summary>
    /// <exception cref="SocketFailure">ENETUNREACH, EMSGSIZE, EPERM, or an error that came back for an earlier one.</exception>
    void Send(ReadOnlySpan<byte> data, IpAddress destination, Port port);

    /// <summary>The next datagram; null when <paramref name="timeout"/> passed first.</summary>
    /// <exception cref="SocketFailure">ECONNREFUSED, EHOSTUNREACH after an ICMP error (connected sockets).</exception>
    Task<Datagram?> Receive(TimeSpan? timeout = null);

    /// <summary>The next ICMP error about a datagram of this socket (IP_RECVERR); null when <paramref name="timeout"/> passed first. Errors are kept from the first call on.</summary>
    Task<ProbeError?> ReceiveError(TimeSpan? timeout = null);
}

/// <summary>An ICMP error about a datagram.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Type">ICMP type, of ICMPv4.</param>
/// <param name="Code">ICMP code.</param>
/// <param name="Port">The port that the datagram was for.</param>
/// <param name="Mtu">Next-hop MTU, if the error tells one, else 0.</param>
public sealed record ProbeError(IpAddress From, int Type, int Code, Port Port, int Mtu);

/// <summary>An ARP packet that came in.</summary>
/// <param name="IsRequest">Is it a question?</param>
/// <param name="IsBroadcast">Was it sent to all?</param>
/// <param name="SenderMac">Hardware address of the sender.</param>
/// <param name="Sender">Its IP address.</param>
/// <param name="Target">The address asked for, or of whom is answered.</param>
public sealed record ArpHeard(bool IsRequest, bool IsBroadcast, MacAddress SenderMac, IpAddress Sender, IpAddress Target);

/// <summary>A packet socket for ARP.</summary>
public interface IArpSocket : IDisposable
{
    /// <summary>Sends a question (or, as an answer, a claim).</summary>
    /// <param name="isRequest">Question or answer?</param>
    /// <param name="to">Hardware address of the frame; all ones for everybody.</param>
    /// <param name="sender">IP address shown as the sender's.</param>
    /// <param name="target">The address asked for.</param>
    void Send(bool isRequest, MacAddress to, IpAddress sender, IpAddress target);

    /// <summary>The next ARP packet; null when <paramref name="timeout"/> passed first.</summary>
    Task<ArpHeard?> Receive(TimeSpan? timeout = null);
}

/// <summary>A listening TCP socket.</summary>
public interface ITcpListener : IDisposable
{
    /// <summary>Its own port.</summary>
    Port Port { get; }

    /// <summary>The next established connection; null after <see cref="IDisposable.Dispose"/>.</summary>
    Task<ITcpConnection?> Accept();
}

/// <summary>A TCP connection.</summary>
public interface ITcpConnection : IDisposable
{
    /// <summary>Own address.</summary>
    IpAddress LocalAddress { get; }

    /// <summary>Own port.</summary>
    Port LocalPort { get; }

    /// <summary>The other's address.</summary>
    IpAddress RemoteAddress { get; }

    /// <summary>The other's port.</summary>
    Port RemotePort { get; }

    /// <summary>Are small writes sent at once, though earlier ones are not acknowledged yet (TCP_NODELAY)?</summary>
    bool NoDelay { get; set; }

    /// <summary>Are segments that are not full held back, for a fifth of a second at most (TCP_CORK)? What is held goes at once when it is taken off.</summary>
    bool Corked { get; set; }

    /// <summary>When a silent peer is asked whether it is still there (SO_KEEPALIVE, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT); null: never.</summary>
    TcpKeepAlive? KeepAlive { get; set; }

    /// <summary>How the connection stands (TCP_INFO).</summary>
    TcpFigures Figures { get; }

    /// <summary>Hands data to the kernel, which sends it as windows allow; waits while the send buffer is full.</summary>
    /// <exception cref="SocketFailure">ECONNRESET, EPIPE, ETIMEDOUT.</exception>
    Task Send(ReadOnlyMemory<byte> data);

    /// <summary>The next bytes, at least one; empty at the end of the stream (the other's FIN); null when <paramref name="timeout"/> passed first.</summary>
    /// <exception cref="SocketFailure">ECONNRESET, ETIMEDOUT.</exception>
    Task<byte[]?> Receive(TimeSpan? timeout = null);

    /// <summary>Sends FIN; receiving goes on.</summary>
    void Shutdown();

    /// <summary>Sends RST and forgets the connection (close with SO_LINGER 0).</summary>
    void Abort();
}

/// <summary>When a silent peer is asked whether it is still there. What is null is as the namespace's sysctls say: 2 hours, 75 s, 9.</summary>
/// <param name="Idle">After so long without hearing from it.</param>
/// <param name="Interval">Between questions.</param>
/// <param name="Probes">So many without an answer end the connection.</param>
public sealed record TcpKeepAlive(TimeSpan? Idle = null, TimeSpan? Interval = null, int? Probes = null);

/// <summary>What the kernel tells about a connection (TCP_INFO).</summary>
/// <param name="SegmentSize">Payload of the largest segment it sends.</param>
/// <param name="CongestionWindow">Bytes that may be under way.</param>
/// <param name="Retransmits">Segments sent again.</param>
public readonly record struct TcpFigures(int SegmentSize, long CongestionWindow, long Retransmits);

/// <summary>An echo reply or an ICMP error about a request.</summary>
/// <param name="Source">Who sent it.</param>
/// <param name="Type">ICMP type.</param>
/// <param name="Code">ICMP code.</param>
/// <param name="Sequence">Sequence number of the request.</param>
/// <param name="Bytes">ICMP length of the reply in bytes, header included.</param>
/// <param name="TimeToLive">TTL or hop limit on arrival.</param>
/// <param name="Mtu">Next-hop MTU of a "too big" error, else 0.</param>
public sealed record PingReply(IpAddress Source, int Type, int Code, ushort Sequence, int Bytes, int TimeToLive, int Mtu);

/// <summary>An ICMP echo socket.</summary>
public interface IPingSocket : IDisposable
{
    /// <summary>Echo requests carry it.</summary>
    ushort Identifier { get; }

    /// <summary>Own address that requests show; null: the route's.</summary>
    IpAddress? Source { get; set; }

    /// <summary>Sends an echo request.</summary>
    /// <param name="destination">To whom.</param>
    /// <param name="sequence">Sequence number.</param>
    /// <param name="payload">Bytes after the ICMP header.</param>
    /// <param name="ttl">TTL; 0 is the namespace's default.</param>
    /// <param name="dontFragment">Set DF and refuse what is larger than the path's MTU.</param>
    /// <exception cref="SocketFailure">ENETUNREACH, EMSGSIZE, EACCES, EPERM.</exception>
    void Send(IpAddress destination, ushort sequence, ReadOnlySpan<byte> payload, int ttl = 0, bool dontFragment = false);

    /// <summary>The next reply or error; null when <paramref name="timeout"/> passed first.</summary>
    Task<PingReply?> Receive(TimeSpan? timeout = null);
}
