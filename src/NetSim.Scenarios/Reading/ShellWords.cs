using System.Text;

namespace NetSim.Scenarios.Reading;

/// <summary>Splits a command line into words as a POSIX shell does, without expanding anything: Python's shlex.split.</summary>
internal static class ShellWords
{
    /// <summary>The words of a line.</summary>
    /// <exception cref="FormatException">A quotation is not closed, or the line ends in a backslash.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool inWord = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                if (inWord) words.Add(word.ToString());
                word.Clear();
                inWord = false;
                continue;
            }
            inWord = true;
            i = c switch { '\'' => Single(line, i, word), '"' => Double(line, i, word), '\\' => Escaped(line, i, word), _ => Plain(c, i, word) };
        }
        if (inWord) words.Add(word.ToString());
        return words;
    }

    /// <summary>A line that <see cref="Split"/> reads as these words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "@%+=:,./-_".Contains(c))
        ? word : "'" + word.Replace("'", "'\"'\"'") + "'";

    private static int Plain(char c, int at, StringBuilder word)
    {
        word.Append(c);
        return at;
    }

    private static int Escaped(string line, int at, StringBuilder word)
    {
        if (at + 1 >= line.Length) throw new FormatException("a backslash ends the line; nothing follows that it could quote");
        word.Append(line[at + 1]);
        return at + 1;
    }

    private static int Single(string line, int at, StringBuilder word)
    {
        int end = line.IndexOf('\'', at + 1);
        if (end < 0) throw new FormatException("a ' is opened and never closed");
        word.Append(line, at + 1, end - at - 1);
        return end;
    }

    /// <summary>Within double quotes a backslash quotes only itself and the double quote (shlex, POSIX mode).</summary>
    private static int Double(string line, int at, StringBuilder word)
    {
        for (int i = at + 1; i < line.Length; i++)
        {
            if (line[i] == '"') return i;
            if (line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\') i++;
            word.Append(line[i]);
        }
        throw new FormatException("a \" is opened and never closed");
    }
}
