using System.Globalization;

namespace NetSim.Docker.Engine;

/// <summary>A version of Docker Engine, as `docker version` says it.</summary>
/// <param name="Major">28 of 28.5.2.</param>
/// <param name="Minor">5 of 28.5.2.</param>
/// <param name="Patch">2 of 28.5.2.</param>
public readonly record struct EngineVersion(int Major, int Minor, int Patch) : IComparable<EngineVersion>
{
    /// <summary>What is modelled when nothing else is asked for.</summary>
    public static EngineVersion Default { get; } = new(28, 5, 2);

    /// <summary>The newest version of each series that is modelled; a series alone ("28") means it.</summary>
    public static IReadOnlyList<EngineVersion> Known { get; } =
        [new(20, 10, 24), new(23, 0, 6), new(24, 0, 9), new(25, 0, 6), new(26, 1, 5), new(27, 5, 1), new(28, 5, 2), new(29, 7, 2)];

    /// <summary>Is what is modelled of it proven against recordings of a real engine?</summary>
    public bool IsProven => this == new EngineVersion(20, 10, 24) || this == new EngineVersion(26, 1, 5) || this == new EngineVersion(28, 5, 2);

    /// <summary>Reads "28.5.2", "28.5" or "28"; the latter two mean the newest known of that series.</summary>
    public static bool TryParse(string text, out EngineVersion version)
    {
        version = default;
        var parts = text.Split('.');
        if (parts.Length is < 1 or > 3) return false;
        var numbers = new int[3];
        for (int i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return false;
        version = new(numbers[0], numbers[1], numbers[2]);
        if (parts.Length == 3) return version.Major is >= 20 and <= 29;
        var series = Known.Where(k => k.Major == numbers[0] && (parts.Length == 1 || k.Minor == numbers[1])).ToList();
        if (series.Count > 0) version = series[^1];
        return series.Count > 0;
    }

    /// <summary>Is it this version or a later one?</summary>
    public bool AtLeast(int major, int minor = 0, int patch = 0) => CompareTo(new(major, minor, patch)) >= 0;

    /// <inheritdoc/>
    public int CompareTo(EngineVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>"28.5.2".</summary>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";
}
