using NetSim.Docker.Ipam;
using NetSim.Model.Input;
using NetSim.Model.Tracing;
using NetSim.Rendering;
using NetSim.Rendering.Output;
using NetSim.Rendering.Themes;
using NetSim.Workbench.Opening;

namespace NetSim.Workbench.Exporting;

/// <summary>What was asked about a picture.</summary>
public sealed record PictureWish
{
    /// <summary>"light" or "dark".</summary>
    public string Theme { get; init; } = "light";

    /// <summary>Pixels for each px of the drawing.</summary>
    public double Scale { get; init; } = 2;

    /// <summary>Seconds from the beginning of the trace; null: a telling instant.</summary>
    public double? At { get; init; }

    /// <summary>What is drawn: "map", "ladder", "timeline", "firewall", "addresses".</summary>
    public string View { get; init; } = "map";

    /// <summary>Width and height, px at scale 1; null: as large as it needs to be.</summary>
    public (double Width, double Height)? Size { get; init; }

    /// <summary>What the firewall view tells; null: of the packet that rules had most to say about.</summary>
    public FirewallStory? Firewall { get; init; }

    /// <summary>Frames of an animation in a second; null: the usual.</summary>
    public int? FramesPerSecond { get; init; }
}

/// <summary>Draws what was opened: stills of any view, and animations of the map.</summary>
public static class Pictures
{
    /// <summary>What a still's name may end in.</summary>
    public static IReadOnlyList<string> StillFormats => PictureFile.Formats;

    /// <summary>What a still can show: "map", "ladder" and so on.</summary>
    public static IReadOnlyList<string> Views { get; } = ["map", "ladder", "timeline", "firewall", "addresses"];

    /// <summary>What an animation's name may end in.</summary>
    public static IReadOnlyList<string> AnimationFormats => MapAnimation.Formats;

    /// <summary>Draws a still.</summary>
    /// <exception cref="InputException">The name asks for another format.</exception>
    /// <exception cref="MachineException">The file can't be written there.</exception>
    public static void Still(Opened what, string path, PictureWish wish)
    {
        string format = Path.GetExtension(path).ToLowerInvariant();
        if (!StillFormats.Contains(format)) throw new InputException(path, "", $"a picture's name ends in {string.Join(", ", StillFormats)}");
        var zero = what.Trace.Rows().Select(r => r.Row.Time).FirstOrDefault();
        var scene = Picture.Draw(ViewOf(wish.View), what.Trace, new PictureOptions
        {
            Title = what.Title,
            Engine = what.Engine,
            Theme = Rendering.Themes.Theme.Find(wish.Theme) ?? Theme.Light,
            Size = wish.Size,
            Firewall = wish.Firewall,
            Pools = what.Engine.Length > 0 ? AutomaticSubnets.Default : [],
            At = wish.At is { } seconds ? new SimTime(zero + (long)(seconds * 1e9)) : null,
        });
        var bytes = PictureFile.Encode(scene, format, wish.Scale)!;
        WholeFile.Write(path, s => s.Write(bytes));
    }

    private static PictureView ViewOf(string name) => Enum.Parse<PictureView>(name, ignoreCase: true);

    /// <summary>Draws an animation.</summary>
    /// <exception cref="InputException">The name asks for another format.</exception>
    /// <exception cref="MachineException">The file can't be written there.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Animation(Opened what, string path, PictureWish wish, CancellationToken stop, Action<double>? progress = null)
    {
        var options = new AnimationOptions { Title = what.Title, Engine = what.Engine, Theme = Rendering.Themes.Theme.Find(wish.Theme) ?? Theme.Light };
        if (wish.FramesPerSecond is { } rate) options = options with { FramesPerSecond = rate };
        try
        {
            MapAnimation.Write(what.Trace, path, options, stop, progress);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} can't be written: {e.Message}", "");
        }
    }
}
