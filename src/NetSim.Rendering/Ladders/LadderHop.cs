using NetSim.Model.Tracing;

namespace NetSim.Rendering.Ladders;

/// <summary>A piece of a packet's way that one arrow tells: from the interface that sends to those that receive.</summary>
internal sealed class LadderHop
{
    /// <summary>The event that begins it.</summary>
    public required long Row { get; init; }
    public required SimTime Time { get; init; }

    /// <summary>Where it leaves; null where nobody saw that.</summary>
    public Place? From { get; set; }

    /// <summary>Where it comes to: none when nobody saw it arrive, several when a bridge floods it.</summary>
    public List<Place> To { get; } = [];

    /// <summary>Interfaces that it passes on its way.</summary>
    public List<Place> Via { get; } = [];

    /// <summary>When it arrived first.</summary>
    public SimTime? Arrival { get; set; }

    /// <summary>Where it died, or null: the interface, or the stack.</summary>
    public Place? Death { get; set; }
    public DropReason Reason { get; set; }

    /// <summary>The rule or the fault behind its death, in words; may be empty.</summary>
    public string DeathWords { get; set; } = "";

    /// <summary>The namespace that readdressed it before it got here, or within; null when none did.</summary>
    public string? Swapped { get; set; }

    /// <summary>How it was readdressed.</summary>
    public TranslationDetail? Translation { get; set; }

    /// <summary>Does it never leave its interface (loopback)?</summary>
    public bool IsLoop => From is not null && (To.Count == 0 || To.TrueForAll(t => t == From)) && From.Interface == "lo";
}
