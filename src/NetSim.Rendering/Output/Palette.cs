namespace NetSim.Rendering.Output;

/// <summary>Brings a picture down to 256 colours, which lossless WebP keeps in half the room. Only rare shades at the edges of letters move, each to its nearest neighbour.</summary>
internal static class Palette
{
    private const int Most = 256;

    /// <summary>Changes the pixels in place; nothing happens when there are few colours already.</summary>
    public static void Reduce(uint[] pixels)
    {
        var counts = new Dictionary<uint, int>();
        uint last = 0;
        int run = 0;
        foreach (uint p in pixels)
        {
            if (p == last && run > 0)
            {
                run++;
                continue;
            }
            if (run > 0) counts[last] = counts.GetValueOrDefault(last) + run;
            (last, run) = (p, 1);
        }
        if (run > 0) counts[last] = counts.GetValueOrDefault(last) + run;
        if (counts.Count <= Most) return;
        uint[] byCount = [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => c.Key)];
        var kept = byCount[..Most];
        var moved = kept.ToDictionary(c => c);
        foreach (uint c in byCount.AsSpan(Most)) moved[c] = Nearest(kept, c);
        uint from = pixels[0], to = moved[from];
        for (int i = 0; i < pixels.Length; i++)
        {
            if (pixels[i] != from) to = moved[from = pixels[i]];
            pixels[i] = to;
        }
    }

    private static uint Nearest(uint[] kept, uint colour)
    {
        uint best = kept[0];
        int least = int.MaxValue;
        foreach (uint k in kept)
        {
            int r = (int)(k >> 16 & 255) - (int)(colour >> 16 & 255), g = (int)(k >> 8 & 255) - (int)(colour >> 8 & 255), b = (int)(k & 255) - (int)(colour & 255);
            int distance = r * r + g * g + b * b;
            if (distance < least) (best, least) = (k, distance);
        }
        return best;
    }
}
