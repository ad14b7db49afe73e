using NetSim.Model.Tracing;
using NetSim.Rendering.AddressMaps;
using NetSim.Rendering.Firewalls;
using NetSim.Rendering.Ladders;
using NetSim.Rendering.Scenes;
using NetSim.Rendering.Timelines;

namespace NetSim.Rendering;

/// <summary>Stills of a trace: one for each <see cref="PictureView"/>.</summary>
public static class Picture
{
    /// <summary>Draws a view.</summary>
    /// <param name="view">Which.</param>
    /// <param name="trace">Changes and steps, whoever made them.</param>
    /// <param name="options">Title, instant, size, theme.</param>
    public static Scene Draw(PictureView view, ITraceReader trace, PictureOptions options)
    {
        var scene = view switch
        {
            PictureView.Timeline => TimelinePicture.Draw(trace, options),
            PictureView.Addresses => AddressPicture.Draw(trace, options),
            PictureView.Firewall => FirewallPicture.Draw(trace, options),
            PictureView.Ladder => LadderPicture.Draw(trace, options),
            _ => MapPicture.Draw(trace, options),
        };
        return options.Size is { } size ? scene with { Paper = size } : scene;
    }
}
