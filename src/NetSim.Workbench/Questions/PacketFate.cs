using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Questions;

/// <summary>What became of one packet.</summary>
internal sealed class PacketFate
{
    /// <summary>The namespace that made it.</summary>
    public string From { get; set; } = "";

    /// <summary>The conversation as it was when it was made.</summary>
    public FlowKey? Flow { get; set; }

    /// <summary>Where a socket (or the kernel's echo) took it.</summary>
    public List<(string Namespace, SocketDetail? Socket)> Taken { get; } = [];

    /// <summary>Where it was refused: nobody listened, or a rule said REJECT.</summary>
    public string? RefusedIn { get; set; }

    /// <summary>Where and why it died.</summary>
    public string? Died { get; set; }

    /// <summary>All addresses it was sent to, before and after translation.</summary>
    public List<(IpAddress Address, Port Port)> Destinations { get; } = [];
}
