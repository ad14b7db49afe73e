using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;
using NetSim.Wire.Inspection;

namespace NetSim.Rendering;

/// <summary>One packet's way through a namespace, question by question: what the firewall view draws.</summary>
public sealed record FirewallStory
{
    /// <summary>The packet in a few words: "SYN 32768".</summary>
    public required string Packet { get; init; }

    /// <summary>Its shape and hue.</summary>
    public required PacketClass Class { get; init; }

    /// <summary>Who sends it, as its source address stands there.</summary>
    public string From { get; init; } = "";

    /// <summary>The namespace that judges: "host", or a container's name.</summary>
    public required string Space { get; init; }

    /// <summary>The interface that it comes in by; empty where it is made.</summary>
    public string Input { get; init; } = "";

    /// <summary>The interface that it leaves by; empty when it ends or stays there.</summary>
    public string Output { get; init; } = "";

    /// <summary>Where it goes on to, or how it ends: "to webapp’s eth0, port 4567".</summary>
    public string Onwards { get; init; } = "";

    /// <summary>How it ends here; null when it goes on.</summary>
    public DropReason? Drop { get; init; }

    /// <summary>The questions in order.</summary>
    public required IReadOnlyList<FirewallPhase> Phases { get; init; }

    /// <summary>The words above the sentence below.</summary>
    public string Chapter { get; init; } = "";

    /// <summary>One sentence: what becomes of it, and because of whom.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>One line of why.</summary>
    public string Why { get; init; } = "";

    /// <summary>When it came; null where nothing happens in time.</summary>
    public SimTime? Time { get; init; }
}

/// <summary>One question that a namespace asks of a packet.</summary>
/// <param name="Name">"raw PREROUTING", "conntrack", "routing".</param>
/// <param name="Question">In plain words: "May it pass?".</param>
public sealed record FirewallPhase(string Name, string Question)
{
    /// <summary>A table that is asked at a hook.</summary>
    public static FirewallPhase Asked(string table, Hook hook) => new($"{table} {hook.ToString().ToUpperInvariant()}", (table, hook) switch
    {
        ("raw", Hook.Prerouting) => "Is it bound for a container it must not reach this way?",
        ("raw", _) => "Is anything said before it is tracked?",
        ("mangle", _) => "Is anything to be changed in it?",
        ("nat", Hook.Prerouting or Hook.Output) => "Should its destination change?",
        ("nat", _) => "Should its source change?",
        (_, Hook.Forward) => "May it pass?",
        (_, Hook.Input) => "May it come in?",
        (_, Hook.Output) => "May it go out?",
        _ => "May it go on?",
    });

    /// <summary>Connection tracking.</summary>
    public static FirewallPhase Tracking { get; } = new("conntrack", "Is it part of a flow we know?") { Source = "flow table", Origin = Origin.Kernel };

    /// <summary>Routing.</summary>
    public static FirewallPhase Routing { get; } = new("routing", "Which way now?") { Source = "main table" };

    /// <summary>A bridge.</summary>
    public static FirewallPhase Bridging { get; } = new("bridge", "Behind which port does it live?") { Source = "FDB", Origin = Origin.Kernel };

    /// <summary>The rules that it met, in order; empty where no rules are asked.</summary>
    public IReadOnlyList<MetRule> Met { get; init; } = [];

    /// <summary>Where no rules are asked: which table answered ("main table").</summary>
    public string Source { get; init; } = "";

    /// <summary>Where no rules are asked: the row of that table.</summary>
    public string Row { get; init; } = "";

    /// <summary>The part of <see cref="Row"/> that decided.</summary>
    public string Decided { get; init; } = "";

    /// <summary>Why the row is there.</summary>
    public Origin? Origin { get; init; }

    /// <summary>The address before and after, when this question changed one.</summary>
    public (string Old, string New)? Readdressed { get; init; }
}
