namespace NetSim.Cli.Output;

/// <summary>Waiting for a key of the person at the terminal.</summary>
internal static class Keys
{
    /// <summary>The next key; Enter where there is no keyboard to wait for.</summary>
    public static ConsoleKey Wait() => Console.IsInputRedirected ? ConsoleKey.Enter : Console.ReadKey(intercept: true).Key;
}
