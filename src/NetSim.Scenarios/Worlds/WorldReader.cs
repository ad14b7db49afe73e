using NetSim.Scenarios.Reading;

namespace NetSim.Scenarios.Worlds;

/// <summary>The world that comes with NetSim, and what a scenario adds to it or replaces.</summary>
public static class WorldReader
{
    private static readonly Lazy<World> Shipped = new(Load);

    /// <summary>The image catalogue and the outside world that come with NetSim.</summary>
    public static World Default => Shipped.Value;

    /// <summary>The world on a kernel that knows all devices: a story is not told about the machine on which recordings were made.</summary>
    internal static World OnAnyKernel(World world) => world with { Host = world.Host with { Lacks = [] } };

    /// <summary>The world with the keys images, host and outside of a scenario worked into it.</summary>
    internal static World Extend(World world, YamlMap top)
    {
        var images = world.Images.ToList();
        if (top.Map("images") is { } m)
            foreach (var (name, node) in m.Entries) images.Add(ImageReader.Read(name, m.AsMap(node, name), images));
        var host = top.Map("host") is { } h ? SiteReader.Extend(world.Host, h, "host") : world.Host;
        var outside = top.Map("outside") is { } o ? SiteReader.Extend(world.Outside, o, "outside") : world.Outside;
        return new(images, host, outside);
    }

    private static World Load()
    {
        var empty = new World([], new SiteSpec(), new SiteSpec());
        var images = Extend(empty, YamlFile.Read("images.yaml", Resource("images.yaml")));
        return Extend(images, YamlFile.Read("outside.yaml", Resource("outside.yaml")));
    }

    private static string Resource(string name)
    {
        using var stream = typeof(WorldReader).Assembly.GetManifestResourceStream($"NetSim.Scenarios.Worlds.{name}")
            ?? throw new InvalidOperationException($"the resource {name} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
