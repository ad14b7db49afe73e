using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>socat 1.7.4 with the addresses TCP, TCP-LISTEN, UDP, UDP-LISTEN, UDP-RECVFROM, EXEC, SYSTEM and "-", and -u, -U, -t, -T.</summary>
internal sealed class Socat : IProgram
{
    private static readonly string[] WithValue = ["t", "T", "b", "x", "lf", "lp"];

    public string Name => "socat";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count != 2) return Problem(process, $"exactly 2 addresses required (there are {arguments.Operands.Count}); use option \"-h\" for help");
        var left = SocatAddress.Read(arguments.Operands[0]);
        var right = SocatAddress.Read(arguments.Operands[1]);
        var run = new SocatRun(process, arguments, left, right);
        try
        {
            return await run.Go();
        }
        catch (SocatException problem)
        {
            return Problem(process, problem.Message);
        }
    }

    private static int Problem(ProcessContext process, string text)
    {
        string when = process.Clock.Wall.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
        return process.Fail(1, $"{when} socat[1] E {text}");
    }
}

/// <summary>What socat writes after "E" before it ends with 1.</summary>
internal sealed class SocatException(string problem) : Exception(problem);

/// <summary>An address of socat: TYPE:PARAMETERS,option,option=value.</summary>
internal sealed record SocatAddress(string Type, IReadOnlyList<string> Parameters, IReadOnlyDictionary<string, string> Options, string Text)
{
    /// <summary>Reads one; "-" is STDIO.</summary>
    public static SocatAddress Read(string text)
    {
        var words = text.Split(',');
        int colon = words[0].IndexOf(':', StringComparison.Ordinal);
        string type = (colon < 0 ? words[0] : words[0][..colon]).ToUpperInvariant();
        string rest = colon < 0 ? "" : words[0][(colon + 1)..];
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string w in words.Skip(1)) options[w.Split('=')[0]] = w.Contains('=', StringComparison.Ordinal) ? w[(w.IndexOf('=', StringComparison.Ordinal) + 1)..] : "";
        type = type switch
        {
            "-" or "STDIN" or "STDOUT" => "STDIO",
            "TCP4" or "TCP-CONNECT" or "TCP4-CONNECT" or "TCP6" => "TCP",
            "TCP-L" or "TCP4-LISTEN" or "TCP6-LISTEN" => "TCP-LISTEN",
            "UDP4" or "UDP6" or "UDP-CONNECT" or "UDP-SENDTO" or "UDP4-SENDTO" => "UDP",
            "UDP4-LISTEN" or "UDP-L" => "UDP-LISTEN",
            "UDP4-RECVFROM" => "UDP-RECVFROM",
            _ => type,
        };
        bool command = type is "EXEC" or "SYSTEM";
        var parameters = command ? [rest] : rest.StartsWith('[') && rest.Contains(']', StringComparison.Ordinal)
            ? [rest[1..rest.IndexOf(']', StringComparison.Ordinal)], rest[(rest.IndexOf(']', StringComparison.Ordinal) + 1)..].TrimStart(':')] : rest.Split(':');
        return new(type, parameters, options, text);
    }

    /// <summary>The last parameter as a port.</summary>
    public Port Port => ushort.TryParse(Parameters[^1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? new(port) : throw new SocatException($"getaddrinfo(\"{Parameters[^1]}\"): Servname not supported for ai_socktype");
}
