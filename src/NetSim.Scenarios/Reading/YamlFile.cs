using NetSim.Model.Input;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Reading;

/// <summary>Reads a YAML text into nodes that know their lines.</summary>
internal static class YamlFile
{
    private const int MostNodes = 100_000;
    private const int Deepest = 64;

    /// <summary>The mapping at the top of a text.</summary>
    /// <exception cref="InputException">The text is no YAML, or its top is no mapping.</exception>
    public static YamlMap Read(string file, string text)
    {
        var stream = new YamlStream();
        try
        {
            Depth(file, text);
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new InputException(file, $"{e.Start.Line}", "this is no valid YAML: " + Reason(e));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet's scanner gives up so on some broken flow lists; it does not say where.
            throw new InputException(file, "", "this is no valid YAML; look for a bracket or quote that is not closed");
        }
        if (stream.Documents.Count == 0) throw new InputException(file, "", "the file is empty; a scenario begins with title: and steps:");
        if (stream.Documents[0].RootNode is not YamlMappingNode top)
            throw new InputException(file, "1", "a scenario is a mapping that begins with title: and steps:");
        Count(file, top);
        return new(file, top);
    }

    /// <summary>YamlDotNet's reader of trees calls itself for every level; a file of brackets must not end the program.</summary>
    private static void Depth(string file, string text)
    {
        var parser = new Parser(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest) throw new InputException(file, $"{parser.Current.Start.Line}", $"values are nested more than {Deepest} deep, which no scenario is");
        }
    }

    private static string Reason(YamlException e)
    {
        var inner = e;
        while (inner.InnerException is YamlException deeper) inner = deeper;
        string text = (inner.InnerException ?? inner).Message;
        int at = text.LastIndexOf("): ", StringComparison.Ordinal);
        return (at >= 0 ? text[(at + 3)..] : text).ReplaceLineEndings(" ").TrimEnd('.');
    }

    /// <summary>Aliases share nodes: a small file can name a huge tree, and no reader should walk it.</summary>
    private static void Count(string file, YamlNode top)
    {
        int seen = 0;
        var open = new Stack<YamlNode>([top]);
        while (open.TryPop(out var n))
        {
            if (++seen > MostNodes) throw new InputException(file, $"{n.Start.Line}", $"aliases make more than {MostNodes} values of this file; write fewer of them");
            if (n is YamlSequenceNode s) foreach (var c in s.Children) open.Push(c);
            if (n is not YamlMappingNode m) continue;
            foreach (var c in m.Children)
            {
                open.Push(c.Key);
                open.Push(c.Value);
            }
        }
    }
}
