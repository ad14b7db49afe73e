using System.CommandLine;
using System.Globalization;

namespace NetSim.Cli.Commands;

/// <summary>The option --size WxH.</summary>
internal static class PictureSize
{
    private const int Least = 64, Most = 16_384;

    /// <summary>The option.</summary>
    public static Option<string?> Option()
    {
        var option = new Option<string?>("--size") { Description = "width and height of the picture, such as 1920x1080; else as large as it needs to be", HelpName = "WxH" };
        option.Validators.Add(r => { if (Read(r.GetValueOrDefault<string?>()) is null) r.AddError($"--size should be a width and a height from {Least} to {Most}, such as 1920x1080"); });
        return option;
    }

    /// <summary>"1920x1080" as numbers; null when it is none.</summary>
    public static (double Width, double Height)? Read(string? text)
    {
        string[] parts = text?.Split('x', 'X', '×') ?? [];
        return parts is [var w, var h] && Side(w) is { } width && Side(h) is { } height ? (width, height) : null;
    }

    private static double? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is >= Least and <= Most ? n : null;
}
