using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>The command line of iperf3 3.12. Sizes count in 1024s, rates in 1000s (units.c).</summary>
internal sealed class IperfOptions
{
    private const double UsualUdpRate = 1 << 20;
    private static readonly string[] WithValue = ["c", "p", "b", "t", "n", "k", "l", "P", "i", "B", "w", "M", "S", "C", "f", "O", "T", "A", "I", "F", "V6", "client", "port", "bitrate", "bandwidth", "time",
        "bytes", "blockcount", "length", "parallel", "interval", "bind", "bind-dev", "window", "set-mss", "tos", "dscp", "congestion", "format", "omit", "title", "connect-timeout", "cport", "pidfile", "logfile",
        "pacing-timer", "rcv-timeout", "snd-timeout", "fq-rate", "extra-data", "idle-timeout", "server-bitrate-limit"];

    private readonly Arguments _arguments;

    /// <summary>Reads a command line.</summary>
    public IperfOptions(IReadOnlyList<string> argv) => _arguments = new(argv, WithValue);

    /// <summary>The server to ask; null: be one, or nothing was asked for.</summary>
    public string? Host => _arguments.Value("c", "client");

    /// <summary>Is it to serve?</summary>
    public bool Serves => _arguments.Has("s", "server");

    /// <summary>Serve one test and end.</summary>
    public bool OneOff => _arguments.Has("1", "one-off");

    /// <summary>Serve in the background.</summary>
    public bool Daemon => _arguments.Has("D", "daemon");

    /// <summary>JSON instead of text.</summary>
    public bool Json => _arguments.Has("J", "json");

    /// <summary>Write every line at once, though nobody looks at a terminal.</summary>
    public bool Flush => _arguments.Has("forceflush");

    /// <summary>What is measured over, by the words of the options.</summary>
    public Port Port => new((ushort)_arguments.Number(5201, "p", "port"));

    /// <summary>Seconds between two lines of the report; 0: none.</summary>
    public double Interval => _arguments.Number(1, "i", "interval");

    /// <summary>Own address, or null.</summary>
    public IpAddress? Bind => IpAddress.TryParse(_arguments.Value("B", "bind"), out var a) ? a : null;

    /// <summary>How long to wait for the control connection; null: as long as the kernel does.</summary>
    public TimeSpan? ConnectLimit => _arguments.Value("connect-timeout") is null ? null : TimeSpan.FromMilliseconds(_arguments.Number(0, "connect-timeout"));

    /// <summary>true: IPv6 alone, false: IPv4 alone.</summary>
    public bool? V6Only => _arguments.Has("6", "version6") ? true : _arguments.Has("4", "version4") ? false : null;

    /// <summary>What is wrong with the command line, or null.</summary>
    public string? Problem => Host is null && !Serves ? "must either be a client (-c) or server (-s)" : Host is not null && Serves ? "cannot be both server and client" : null;

    /// <summary>What client and server agree upon.</summary>
    /// <param name="segment">The largest payload of a segment on the control connection: a datagram has that size.</param>
    public IperfParameters Parameters(int segment)
    {
        bool udp = _arguments.Has("u", "udp");
        long bytes = Size("n", "bytes"), blocks = Size("k", "blockcount");
        return new()
        {
            Udp = udp,
            Omit = (int)_arguments.Number(0, "O", "omit"),
            Seconds = bytes > 0 || blocks > 0 ? 0 : (int)_arguments.Number(10, "t", "time"),
            Bytes = bytes,
            Blocks = blocks,
            Streams = Math.Clamp((int)_arguments.Number(1, "P", "parallel"), 1, 128),
            Reverse = _arguments.Has("R", "reverse"),
            Length = Size("l", "length") is > 0 and var l ? (int)Math.Min(l, 1 << 20) : udp ? segment : 131072,
            Rate = _arguments.Value("b", "bitrate", "bandwidth") is { } rate ? Scaled(rate.Split('/')[0], 1000) : udp ? UsualUdpRate : 0,
        };
    }

    private long Size(params string[] names) => _arguments.Value(names) is { } text ? (long)Scaled(text, 1024) : 0;

    private static double Scaled(string text, double unit)
    {
        if (text.Length == 0) return 0;
        double factor = char.ToUpperInvariant(text[^1]) switch
        {
            'K' => unit,
            'M' => unit * unit,
            'G' => unit * unit * unit,
            _ => 0,
        };
        return double.TryParse(factor > 0 ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) ? n * Math.Max(1, factor) : 0;
    }
}
