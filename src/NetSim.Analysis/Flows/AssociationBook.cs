using System.Buffers.Binary;
using NetSim.Wire.Decoding;

namespace NetSim.Analysis.Flows;

/// <summary>SCTP associations: two ports and a verification tag for each direction, over as many addresses as the ends have (RFC 9260, sections 3.3.2, 8.5).</summary>
internal sealed class AssociationBook
{
    private const int Most = 1 << 18;
    private const int Init = 1, InitAck = 2;
    private readonly Dictionary<(ushort From, ushort To, uint Tag), int> _byTag = [];
    private readonly Dictionary<(ushort Low, ushort High), int> _byPorts = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes, SctpView sctp)
    {
        ushort from = sctp.SourcePort, to = sctp.DestinationPort;
        uint announced = sctp.FirstChunk is Init or InitAck && bytes.Length >= SctpView.HeaderLength + 8 ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(SctpView.HeaderLength + 4)..]) : 0;
        if (_byTag.Count >= Most) return;
        if (sctp.FirstChunk == Init)
        {
            // The tag announced is the one that packets to the sender will bear. The same INIT again is no other association.
            if (_byTag.TryAdd((to, from, announced), Count)) Begin(from, to);
            return;
        }
        if (!_byTag.TryGetValue((from, to, sctp.VerificationTag), out int number)) number = Adopt(from, to, sctp.VerificationTag);
        if (announced != 0) _byTag.TryAdd((to, from, announced), number);
    }

    /// <summary>A tag whose INIT was not seen: of the association of these ports that has none for this direction yet, or of a new one.</summary>
    private int Adopt(ushort from, ushort to, uint tag)
    {
        if (!_byPorts.TryGetValue((Math.Min(from, to), Math.Max(from, to)), out int number)) number = Begin(from, to);
        _byTag[(from, to, tag)] = number;
        return number;
    }

    private int Begin(ushort from, ushort to)
    {
        _byPorts[(Math.Min(from, to), Math.Max(from, to))] = Count;
        return Count++;
    }
}
