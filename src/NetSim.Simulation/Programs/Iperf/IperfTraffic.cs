using NetSim.Model.Tracing;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>Sends or takes the streams of a test, whichever side it is on.</summary>
internal sealed class IperfTraffic(ProcessContext process, IperfParameters parameters, bool sends, int segment)
{
    private const int BlockOfPace = 8;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IUdpSocket> _sockets = [];
    private SimTime _start;
    private long _total;
    private bool _over;

    /// <summary>The streams, in order.</summary>
    public List<IperfStream> Streams { get; } = [];

    /// <summary>Does this side send?</summary>
    public bool Sends => sends;

    /// <summary>Payload of a segment.</summary>
    public int Segment => segment;

    /// <summary>Seconds since it began.</summary>
    public double Elapsed => (process.Clock.Now - _start).TotalSeconds;

    /// <summary>The amount is through.</summary>
    public Task Done => _done.Task;

    /// <summary>Begins.</summary>
    public void Begin()
    {
        _start = process.Clock.Now;
        if (sends && parameters.IsHeldDown && !parameters.Udp)
            process.Warn(FormattableString.Invariant($"iperf3 sends {parameters.SendingRate / 1e6:0} Mbit/s: a program here is as fast as it likes, so a timed test without -b is held to 64 MB in all"));
        foreach (var s in Streams)
            if (s.Connection is { } connection) _ = Quietly(sends ? SendStream(s, connection) : TakeStream(s, connection));
    }

    /// <summary>Sends a stream's datagrams from a socket, or takes what comes there.</summary>
    public void Run(IperfStream stream, IUdpSocket socket) => _ = Quietly(sends ? SendDatagrams(stream, socket) : TakeDatagrams(stream, socket));

    /// <summary>Keeps a socket until the end.</summary>
    public void Keep(IUdpSocket socket) => _sockets.Add(socket);

    /// <summary>Nothing more is sent.</summary>
    public void Stop() => _over = true;

    /// <summary>Closes the streams.</summary>
    public void Close()
    {
        _over = true;
        foreach (var s in Streams) s.Connection?.Dispose();
        foreach (var s in _sockets) s.Dispose();
    }

    /// <summary>Counts what a receiver got, and says when that is all.</summary>
    public void Arrived(int bytes)
    {
        _total += bytes;
        if (!sends && parameters.Amount > 0 && _total >= parameters.Amount) _done.TrySetResult();
    }

    private static async Task Quietly(Task work)
    {
        try
        {
            await work;
        }
        catch (SocketFailure)
        {
            // The other side is gone: the control connection tells.
        }
        catch (ProcessKilled)
        {
            // So are we.
        }
    }

    private bool IsEnough => _over || parameters.Amount > 0 && _total >= parameters.Amount;

    private async Task SendStream(IperfStream stream, ITcpConnection connection)
    {
        var block = new byte[parameters.Length];
        process.Clock.Chance.NextBytes(block);
        var gap = TimeSpan.FromSeconds(parameters.Length * 8.0 / parameters.SendingRate * (parameters.Rate > 0 ? 1 : parameters.Streams));
        while (!IsEnough)
        {
            _total += block.Length;
            bool last = IsEnough;
            stream.Count(block.Length);
            await connection.Send(block);
            await process.Clock.Delay(gap);
            if (last) _done.TrySetResult();
        }
    }

    private async Task TakeStream(IperfStream stream, ITcpConnection connection)
    {
        while (await connection.Receive() is { Length: > 0 } bytes)
        {
            stream.Count(bytes.Length);
            Arrived(bytes.Length);
        }
    }

    private async Task TakeDatagrams(IperfStream stream, IUdpSocket socket)
    {
        while (await socket.Receive() is { } d)
        {
            stream.Take(d.Data, process.Clock.Wall);
            Arrived(d.Data.Length);
        }
    }

    /// <summary>A datagram is sent at the first millisecond at which the average is not above the rate (iperf_check_throttle, pacing timer of 1 ms).</summary>
    private async Task SendDatagrams(IperfStream stream, IUdpSocket socket)
    {
        var datagram = new byte[Math.Max(16, parameters.Length)];
        double seconds = datagram.Length * 8.0 / parameters.SendingRate;
        for (long n = 0; !IsEnough; n++)
        {
            long due = (long)Math.Ceiling(n * seconds * 1000) * 1_000_000 + _start.Nanoseconds;
            if (due > process.Clock.Now.Nanoseconds) await process.Clock.Delay(TimeSpan.FromTicks((due - process.Clock.Now.Nanoseconds) / 100));
            else if (n % BlockOfPace == 0) await process.Clock.Delay(TimeSpan.FromMicroseconds(1));
            if (IsEnough) break;
            _total += datagram.Length;
            stream.Stamp(datagram, process.Clock.Wall);
            try
            {
                socket.Send(datagram, stream.Peer.Address, stream.Peer.Port);
            }
            catch (SocketFailure)
            {
                // A refused datagram is lost; the control connection tells when the peer is gone.
            }
        }
        if (!_over) _done.TrySetResult();
    }
}
