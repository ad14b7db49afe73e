using System.Runtime.CompilerServices;

namespace NetSim.Analysis.Flows;

/// <summary>A UDP stream, or any conversation that has no state.</summary>
internal struct PlainFlow
{
    public long FirstTime, LastTime, LowBytes, HighBytes;
    public uint LowPackets, HighPackets;
    public bool IsFirstFromHigh;
    public byte Application, Looks;
    public byte Protocol;
}

/// <summary>Streams of UDP, or conversations of protocols without ports.</summary>
internal sealed class PlainFlows(int most)
{
    /// <summary>The streams, by number.</summary>
    public FlowTable<PlainFlow> Streams { get; } = new();

    /// <summary>Packets of streams beyond the bound, which are counted and not followed.</summary>
    public long NotFollowed { get; private set; }

    /// <summary>Takes a packet; the stream's number, or -1 beyond the bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(in EndPair pair, bool fromHigh, byte protocol, in Sighting seen)
    {
        ulong hash = pair.Hash();
        int number = Streams.Find(pair, hash);
        if (number < 0)
        {
            if (Streams.Count >= most)
            {
                NotFollowed++;
                return -1;
            }
            number = Streams.Add(pair, hash);
            ref var made = ref Streams[number].State;
            (made.FirstTime, made.LastTime, made.IsFirstFromHigh, made.Protocol) = (seen.Time, seen.Time, fromHigh, protocol);
        }
        if (seen.IsQuoted) return number;
        ref var flow = ref Streams[number].State;
        if (seen.Time > flow.LastTime) flow.LastTime = seen.Time;
        if (fromHigh)
        {
            flow.HighPackets++;
            flow.HighBytes += seen.FrameLength;
        }
        else
        {
            flow.LowPackets++;
            flow.LowBytes += seen.FrameLength;
        }
        return number;
    }
}
