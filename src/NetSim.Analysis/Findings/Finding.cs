using NetSim.Analysis.Explanation;
using NetSim.Analysis.Sightings;
using NetSim.Analysis.Statistics;

namespace NetSim.Analysis.Findings;

/// <summary>What proves a finding: a packet of a file, or a row of a table.</summary>
/// <param name="File">The capture, or null.</param>
/// <param name="Packet">The packet's number in it, from 1, or null.</param>
/// <param name="Table">"host iptables filter FORWARD", "host sysctl", "lease app", or null.</param>
/// <param name="Row">The row: a rule's number and text, a key and its value; or null.</param>
public sealed record Evidence(string? File = null, long? Packet = null, string? Table = null, string? Row = null)
{
    /// <summary>Evidence of a packet.</summary>
    public static Evidence Of(PacketMark mark) => new(mark.Point.File, mark.Number);

    /// <summary>"eth0.pcap packet 12" or "host sysctl: net.ipv4.ip_forward = 0".</summary>
    public override string ToString() => Table is null ? $"{File} packet {Packet}" : Row is null ? Table : $"{Table}: {Row}";
}

/// <summary>Something that is wrong, with what proves it and what mends it.</summary>
/// <param name="Rule">The name of the fault in the catalogue.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Sentence">What is wrong, for a person.</param>
public sealed record Finding(string Rule, Severity Severity, string Sentence)
{
    /// <summary>What proves it.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What the model predicted, and where what was seen first parted from it; null without a model.</summary>
    public string? Predicted { get; init; }

    /// <summary>Commands that mend it, in order; none when no command does.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>What to do, in a sentence.</summary>
    public string? Advice { get; init; }

    /// <summary>What the finding is about: of two findings of one rule about the same, one is told.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The question that fails, whose remedy can be tried on the model; or null.</summary>
    public Question? Question { get; init; }
}
