namespace NetSim.Simulation.Programs;

/// <summary>Options that are whole words followed by their value: "-host-port 32768", "--port 6379".</summary>
internal readonly struct OptionWords(IReadOnlyList<string> arguments)
{
    /// <summary>The word after an option, or null.</summary>
    public string? After(string option)
    {
        for (int i = 1; i + 1 < arguments.Count; i++)
            if (arguments[i] == option) return arguments[i + 1];
        return null;
    }

    /// <summary>Is the word there?</summary>
    public bool Has(string option) => arguments.Contains(option);
}
