namespace NetSim.Model.Netfilter;

/// <summary>The text of a rule as iptables-save writes it, and back.</summary>
public static class RuleText
{
    /// <summary>"-s 172.18.0.0/16 ! -o br0 -j MASQUERADE".</summary>
    public static string Write(Rule rule) => throw new NotSupportedException("not written yet");

    /// <summary>Reads what follows "-A CHAIN ". A match or target that is not modelled is kept as Unknown.</summary>
    /// <exception cref="FormatException">The text is no rule; the message says which word.</exception>
    public static Rule Parse(string text) => throw new NotSupportedException("not written yet");
}
