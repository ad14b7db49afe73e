using System.Runtime.CompilerServices;
using NetSim.Analysis.Reading;
using NetSim.Analysis.Statistics;
using NetSim.Analysis.Summary;

namespace NetSim.Analysis;

/// <summary>Analyses packets in one forward pass: flows, protocols, TCP, DNS, ARP, ICMP, checksums. Memory grows with flows, up to a bound, never with packets.</summary>
public sealed class CaptureAnalysis
{
    /// <summary>So many flows of each kind are followed; packets of further ones are counted alone.</summary>
    public const int MostFlows = 1 << 20;

    private readonly Books _books;
    private readonly PacketWalk _walk;
    private readonly CaptureCount _count = new();

    /// <summary>An analysis that follows so many flows of each kind.</summary>
    public CaptureAnalysis(int mostFlows = MostFlows)
    {
        _books = new(mostFlows);
        _walk = new(_books);
    }

    /// <summary>Packets so far.</summary>
    public long Packets => _count.Packets;

    /// <summary>Takes the next packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in SeenPacket packet)
    {
        _count.Add(packet);
        _walk.Walk(packet);
    }

    /// <summary>What all packets so far add up to.</summary>
    /// <param name="streams">How many streams to list singly.</param>
    public CaptureStatistics Result(int streams = 300) => new SummaryMaking(_books, _count, streams).Make();
}
