using System.Runtime.InteropServices;

namespace NetSim.Capture.Correlation;

/// <summary>Tells, while captures are read forward, whether a packet was seen before at another place. It remembers the last second alone, so that memory does not grow with the capture.</summary>
public sealed class SightingJoin
{
    /// <summary>Longer is no way through a host.</summary>
    private const long LongestNanoseconds = 500_000_000;

    private const int MostRemembered = 1 << 17;
    private Dictionary<ulong, Seen> _recent = [], _older = [];
    private long _turned = long.MinValue;

    private record struct Seen(long Time, UInt128 Places);

    /// <summary>Takes a sighting.</summary>
    /// <param name="bytes">The frame.</param>
    /// <param name="linkType">Its LINKTYPE.</param>
    /// <param name="time">Nanoseconds since 1970.</param>
    /// <param name="point">Where: a small number.</param>
    /// <param name="outbound">Which way there.</param>
    /// <returns>True when the same packet was seen in the last half second at another place or the other way, and not here; a second time here it is another packet.</returns>
    public bool IsRepeated(ReadOnlySpan<byte> bytes, int linkType, long time, int point, bool outbound)
    {
        Turn(time);
        ulong key = PacketKey.Of(bytes, linkType);
        var place = Places.Of(point, outbound);
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_recent, key, out bool there);
        if (!there && _older.TryGetValue(key, out var old)) seen = old;
        bool repeated = seen.Places != 0 && IsNear(time, seen.Time) && (seen.Places & place) == 0;
        seen = new(time, repeated ? seen.Places | place : place);
        return repeated;
    }

    /// <summary>Times of damaged files may lie centuries apart: the difference wraps.</summary>
    private static bool IsNear(long a, long b) => unchecked((ulong)(a - b) + LongestNanoseconds) <= 2 * LongestNanoseconds;

    private void Turn(long time)
    {
        if (IsNear(time, _turned) && _recent.Count < MostRemembered) return;
        (_recent, _older) = (_older, _recent);
        _recent.Clear();
        _turned = time;
    }
}
