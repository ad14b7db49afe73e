namespace NetSim.Simulation.Programs.Hosting;

/// <summary>Which program a command line of an image runs.</summary>
internal sealed class ProgramChoice(ProgramCatalogue catalogue, IReadOnlyDictionary<string, ImagePrograms> images)
{
    /// <summary>For programs that no image binds.</summary>
    public static readonly IReadOnlyDictionary<string, string> NoParameters = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The entry of an image name, with or without its tag; null when the catalogue does not know it.</summary>
    public ImagePrograms? Image(string? name)
    {
        if (name is null) return null;
        if (images.TryGetValue(name, out var image)) return image;
        int tag = name.LastIndexOf(':');
        return tag > name.LastIndexOf('/') ? images.GetValueOrDefault(name[..tag]) : null;
    }

    /// <summary>The longest binding that fits, else the program of that name, else the image's own server; none when there is no such program.</summary>
    public IReadOnlyList<(IProgram Program, IReadOnlyDictionary<string, string> Parameters)> Choose(IReadOnlyList<string> arguments, ImagePrograms? image)
    {
        var bound = Bound(arguments, image, Math.Max(1, Longest(arguments, image)));
        if (bound.Count > 0) return bound;
        if (arguments.Count > 0 && Plain(arguments[0], image) is { } program) return [(program, NoParameters)];
        return Bound(arguments, image, 0);
    }

    private static int Longest(IReadOnlyList<string> arguments, ImagePrograms? image) =>
        image?.Bindings.Where(b => Fits(b, arguments)).Select(b => b.Command.Count).DefaultIfEmpty(0).Max() ?? 0;

    private static bool Fits(ProgramBinding binding, IReadOnlyList<string> arguments) => binding.Command.SequenceEqual(arguments.Take(binding.Command.Count));

    private List<(IProgram, IReadOnlyDictionary<string, string>)> Bound(IReadOnlyList<string> arguments, ImagePrograms? image, int length)
    {
        var bound = new List<(IProgram, IReadOnlyDictionary<string, string>)>();
        foreach (var b in image?.Bindings ?? [])
            if (b.Command.Count == length && Fits(b, arguments) && catalogue.Find(b.Behaviour) is { } program) bound.Add((program, b.Parameters));
        return bound;
    }

    private IProgram? Plain(string word, ImagePrograms? image)
    {
        string name = word[(word.LastIndexOf('/') + 1)..];
        if (image?.Programs is { } there && !there.Contains(name)) return null;
        return (image is { Busybox: true } ? catalogue.Find("busybox " + name) : null) ?? catalogue.Find(name);
    }
}
