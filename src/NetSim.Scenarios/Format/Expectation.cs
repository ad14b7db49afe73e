using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Scenarios.Format;

/// <summary>What is expected to have become of traffic.</summary>
public enum ExpectedOutcome
{
    /// <summary>A packet reached a socket there.</summary>
    Delivered,
    /// <summary>It came there, and nobody listened.</summary>
    Refused,
    /// <summary>It was sent and never arrived.</summary>
    Dropped,
    /// <summary>The name was asked for and an address came.</summary>
    Resolved,
    /// <summary>The name was asked for and no address came.</summary>
    Unresolved,
}

/// <summary>One expectation: "webapp -> db:6379 delivered", "c1 resolves c2", "c1 does not resolve c2".</summary>
/// <param name="Line">Line in the file.</param>
/// <param name="Text">As written.</param>
/// <param name="From">A container, "host" or "outside".</param>
/// <param name="To">A container, "host", "outside" or an address; for names the name that is asked for.</param>
/// <param name="Port">Port at the end that takes it; null: any, or ICMP.</param>
/// <param name="Outcome">What must have become of it.</param>
public sealed record Expectation(int Line, string Text, string From, string To, Port? Port, ExpectedOutcome Outcome)
{
    private const string Shape = "should read like \"webapp -> db:6379 delivered\" (or refused, dropped), \"c1 resolves db\" or \"c1 does not resolve db\"";

    /// <summary>Reads an expectation.</summary>
    /// <exception cref="FormatException">It is none; the message says what would be right.</exception>
    public static Expectation Parse(string text, int line)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var from, "->" or "→", var to, var outcome] => Traffic(text, line, from, to, outcome),
            [var from, "resolves", var name] => new(line, text, from, name, null, ExpectedOutcome.Resolved),
            [var from, "does", "not", "resolve", var name] => new(line, text, from, name, null, ExpectedOutcome.Unresolved),
            _ => throw new FormatException($"the expectation \"{text}\" {Shape}"),
        };
    }

    private static Expectation Traffic(string text, int line, string from, string to, string outcome)
    {
        var wanted = outcome switch
        {
            "delivered" => ExpectedOutcome.Delivered,
            "refused" => ExpectedOutcome.Refused,
            "dropped" => ExpectedOutcome.Dropped,
            _ => throw new FormatException($"the expectation \"{text}\" ends in \"{outcome}\"{Model.Input.Suggestion.For(outcome, ["delivered", "refused", "dropped"])}; it {Shape}"),
        };
        var (end, port) = SplitPort(to);
        if (end.Length == 0) throw new FormatException($"the expectation \"{text}\" {Shape}");
        if (port is null) return new(line, text, from, end, null, wanted);
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) || number == 0)
            throw new FormatException($"the expectation \"{text}\" names port \"{port}\"; a port is a number from 1 to 65535");
        return new(line, text, from, end, new Port(number), wanted);
    }

    private static (string End, string? Port) SplitPort(string to)
    {
        if (to.StartsWith('['))
        {
            int close = to.IndexOf(']');
            return close < 0 ? ("", null) : (to[1..close], close + 1 < to.Length && to[close + 1] == ':' ? to[(close + 2)..] : null);
        }
        int colon = to.IndexOf(':');
        return colon < 0 || colon != to.LastIndexOf(':') ? (to, null) : (to[..colon], to[(colon + 1)..]);
    }
}
