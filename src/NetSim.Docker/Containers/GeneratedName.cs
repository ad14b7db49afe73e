using NetSim.Docker.Books;

namespace NetSim.Docker.Containers;

/// <summary>A name for a container that got none: an adjective and a surname.</summary>
internal static class GeneratedName
{
    private static readonly string[] Left = ["brave", "calm", "clever", "eager", "gentle", "happy", "keen", "lucid", "nifty", "quirky", "serene", "sharp", "vibrant", "wise", "zen"];
    private static readonly string[] Right = ["bohr", "cerf", "curie", "dijkstra", "euler", "gauss", "hopper", "lamarr", "lovelace", "noether", "perlman", "ritchie", "shannon", "torvalds", "turing"];

    /// <summary>One that is free.</summary>
    public static string Next(Daemon d)
    {
        while (true)
        {
            string name = $"{Left[d.Ids.Next(Left.Length)]}_{Right[d.Ids.Next(Right.Length)]}";
            if (d.Containers.Find(name) is not null) name += d.Ids.Next(10);
            if (d.Containers.Find(name) is null) return name;
        }
    }
}
