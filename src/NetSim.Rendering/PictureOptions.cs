using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Rendering.Themes;

namespace NetSim.Rendering;

/// <summary>What a still shows and how.</summary>
public sealed record PictureOptions
{
    /// <summary>The title at its top left: the scenario's, or the capture's file name.</summary>
    public string Title { get; init; } = "";

    /// <summary>The second voice beside the title; empty: how many networks and containers there are.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The engine, "28.5.2"; empty: not told.</summary>
    public string Engine { get; init; } = "";

    /// <summary>The instant, in the time of the trace; null: a telling one is chosen.</summary>
    public SimTime? At { get; init; }

    /// <summary>Width and height of the picture, px at scale 1; null: as large as it needs to be.</summary>
    public (double Width, double Height)? Size { get; init; }

    /// <summary>What the firewall view tells; null: of the packet of the trace that rules had most to say about.</summary>
    public FirewallStory? Firewall { get; init; }

    /// <summary>The pools that Docker takes subnets from, in its order; empty where that is not known.</summary>
    public IReadOnlyList<Subnet> Pools { get; init; } = [];

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; } = Theme.Light;
}
