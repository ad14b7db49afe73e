using System.Buffers.Binary;
using NetSim.Simulation.Sockets;
using NetSim.Wire.Dns;

namespace NetSim.Simulation.Programs.Resolving;

/// <summary>DNS messages over TCP: each after its length in two bytes (RFC 1035, 4.2.2).</summary>
internal sealed class DnsStream(ITcpConnection connection)
{
    private readonly List<byte> _waiting = [];

    /// <summary>Sends a message.</summary>
    public Task Send(DnsMessage message, bool compress = true) => Send(message.ToBytes(compress));

    /// <summary>Sends a message's bytes.</summary>
    public Task Send(byte[] message)
    {
        var framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        return connection.Send(framed);
    }

    /// <summary>The next message's bytes; null at the end of the stream or when the time passed.</summary>
    public async Task<byte[]?> ReceiveBytes(TimeSpan? timeout = null)
    {
        while (true)
        {
            int length = _waiting.Count >= 2 ? _waiting[0] << 8 | _waiting[1] : int.MaxValue - 2;
            if (_waiting.Count >= length + 2)
            {
                var message = _waiting.GetRange(2, length).ToArray();
                _waiting.RemoveRange(0, length + 2);
                return message;
            }
            if (await connection.Receive(timeout) is not { Length: > 0 } more) return null;
            _waiting.AddRange(more);
        }
    }

    /// <summary>The next message; null when there is none or it is none.</summary>
    public async Task<DnsMessage?> Receive(TimeSpan? timeout = null) =>
        await ReceiveBytes(timeout) is { } bytes && DnsMessage.TryRead(bytes, out var message) ? message : null;
}
