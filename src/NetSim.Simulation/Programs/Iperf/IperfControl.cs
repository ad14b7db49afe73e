using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>States of a test, a byte each on the control connection (iperf 3.12, iperf_api.h).</summary>
internal static class IperfState
{
    public const sbyte TestStart = 1;
    public const sbyte TestRunning = 2;
    public const sbyte TestEnd = 4;
    public const sbyte ParameterExchange = 9;
    public const sbyte CreateStreams = 10;
    public const sbyte ServerTerminate = 11;
    public const sbyte ClientTerminate = 12;
    public const sbyte ExchangeResults = 13;
    public const sbyte DisplayResults = 14;
    public const sbyte Done = 16;
    public const sbyte AccessDenied = -1;
}

/// <summary>The control connection: a cookie, then states of one byte, and JSON after its length in four bytes.</summary>
internal sealed class IperfControl
{
    /// <summary>36 letters and digits, and a zero.</summary>
    public const int CookieLength = 37;

    private const int MostJson = 1 << 16;
    private const string CookieLetters = "abcdefghijklmnopqrstuvwxyz234567";
    private readonly List<byte> _waiting = [];

    /// <summary>Talks over a connection, without waiting to fill segments.</summary>
    public IperfControl(ITcpConnection connection)
    {
        Connection = connection;
        connection.NoDelay = true;
    }

    /// <summary>The connection itself.</summary>
    public ITcpConnection Connection { get; }

    /// <summary>A new cookie (make_cookie).</summary>
    public static string NewCookie(Random chance)
    {
        var text = new StringBuilder();
        while (text.Length < CookieLength - 1) text.Append(CookieLetters[chance.Next(CookieLetters.Length)]);
        return text.ToString();
    }

    /// <summary>Sends a cookie.</summary>
    public static Task SendCookie(ITcpConnection connection, string cookie) => connection.Send(Encoding.ASCII.GetBytes(cookie + "\0"));

    /// <summary>Sends a state.</summary>
    public Task Send(sbyte state) => Connection.Send(new[] { (byte)state });

    /// <summary>Sends a document: its length, then its text, in two writes.</summary>
    public async Task Send(JsonObject json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        await Connection.Send(length);
        await Connection.Send(bytes);
    }

    /// <summary>The next state; null at the end.</summary>
    public async Task<sbyte?> State() => await Take(1) is { } bytes ? (sbyte)bytes[0] : null;

    /// <summary>The cookie a connection begins with; null when it ends before.</summary>
    public async Task<string?> Cookie() => await Take(CookieLength) is { } bytes ? Encoding.ASCII.GetString(bytes).TrimEnd('\0') : null;

    /// <summary>The next document; null at the end, or when it is none.</summary>
    public async Task<JsonObject?> Json()
    {
        if (await Take(4) is not { } head) return null;
        int length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < 2 or > MostJson || await Take(length) is not { } text) return null;
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<byte[]?> Take(int count)
    {
        while (_waiting.Count < count)
        {
            if (await Connection.Receive() is not { Length: > 0 } more) return null;
            _waiting.AddRange(more);
        }
        var taken = _waiting[..count].ToArray();
        _waiting.RemoveRange(0, count);
        return taken;
    }
}
