using NetSim.Model.Input;
using NetSim.Scenarios.Reading;

namespace NetSim.Scenarios.Format;

/// <summary>A promise about a network: this one can reach that one, or must not.</summary>
/// <param name="Allows">Must it be reached, or must it not?</param>
/// <param name="From">A container, a Compose service, "host" or "outside".</param>
/// <param name="To">NAME[:PORT], ADDRESS[:PORT] or [V6]:PORT.</param>
/// <param name="Protocol">"tcp", "udp", "icmp", "dns"; null is told by the port.</param>
/// <param name="File">Where it stands: a file, or the option of the command line.</param>
/// <param name="Line">Line in the file; 0 on the command line.</param>
public sealed record Contract(bool Allows, string From, string To, string? Protocol, string File, int Line)
{
    private static readonly string[] Protocols = ["tcp", "udp", "icmp", "dns"];

    /// <summary>"allow web -> db:6379".</summary>
    public string Text => $"{(Allows ? "allow" : "deny")} {From} -> {To}{(Protocol is null ? "" : "/" + Protocol)}";

    /// <summary>Reads "web -> db:6379" or "web -> db:53/udp".</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static Contract Parse(string text, bool allows, string file, int line)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var from, "->" or "→", var to]) throw Wrong($"\"{text}\" should read like web -> db:6379");
        int slash = to.LastIndexOf('/');
        string? protocol = slash > 0 && Protocols.Contains(to[(slash + 1)..]) ? to[(slash + 1)..] : null;
        return new(allows, from, protocol is null ? to : to[..slash], protocol, file, line);

        InputException Wrong(string problem) => new(file, line > 0 ? line.ToString(System.Globalization.CultureInfo.InvariantCulture) : "", problem);
    }

    /// <summary>Reads a file with two lists, allow: and deny:.</summary>
    /// <exception cref="InputException">It can't be read, or a line is no contract.</exception>
    public static IReadOnlyList<Contract> ReadFile(string path)
    {
        try
        {
            var top = YamlFile.Read(path, System.IO.File.ReadAllText(path)).Only("a file of contracts", "allow", "deny");
            return [.. Items(top, "allow"), .. Items(top, "deny")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "", "the file can't be read: " + e.Message);
        }
    }

    private static IEnumerable<Contract> Items(YamlMap top, string key) =>
        top.Items(key).Select(n => Parse(top.Scalar(n, key), key == "allow", top.File, YamlMap.LineOf(n)));
}
