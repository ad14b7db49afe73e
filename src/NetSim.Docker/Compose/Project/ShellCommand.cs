using System.Text;

namespace NetSim.Docker.Compose.Project;

/// <summary>Splits a command that is one string into words. There is no shell: at an unquoted ; &amp; | &lt; &gt; the command simply ends, and a lone bracket is refused.
/// Source: github.com/mattn/go-shellwords shellwords.go Parse, which compose-go v2 types/command.go calls.</summary>
internal static class ShellCommand
{
    /// <summary>The words, and where in the text the command ended before its end (-1: at its end).</summary>
    /// <exception cref="FormatException">A quotation is not closed, or a bracket stands alone.</exception>
    public static (IReadOnlyList<string> Words, int Cut) Split(string line)
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
            if (c is ';' or '&' or '|' or '<' or '>')
            {
                bool descriptor = c == '>' && word.Length > 0 && word.ToString().All(char.IsAsciiDigit);
                if (inWord && !descriptor) words.Add(word.ToString());
                return (words, i);
            }
            inWord = true;
            i = Take(line, i, word);
        }
        if (inWord) words.Add(word.ToString());
        return (words, -1);
    }

    private static int Take(string line, int at, StringBuilder word) => line[at] switch
    {
        '\'' => Quoted(line, at, word),
        '"' => Quoted(line, at, word),
        '\\' => Escaped(line, at, word),
        '`' => Until(line, at, '`', word),
        '(' when word.Length > 0 && word[^1] == '$' => Until(line, at, ')', word),
        '(' or ')' => throw new FormatException("a bracket stands alone; quote it"),
        var c => Plain(c, at, word),
    };

    private static int Plain(char c, int at, StringBuilder word)
    {
        word.Append(c);
        return at;
    }

    private static int Escaped(string line, int at, StringBuilder word)
    {
        if (at + 1 >= line.Length) throw new FormatException("a backslash ends the line; nothing follows that it could quote");
        word.Append(line[at + 1] switch { 't' => '\t', 'n' => '\n', var c => c });
        return at + 1;
    }

    private static int Quoted(string line, int at, StringBuilder word)
    {
        char quote = line[at];
        for (int i = at + 1; i < line.Length; i++)
        {
            if (line[i] == quote) return i;
            if (line[i] == '\\' && quote == '"') i = Escaped(line, i, word);
            else word.Append(line[i]);
        }
        throw new FormatException($"a {quote} is opened and never closed");
    }

    private static int Until(string line, int at, char end, StringBuilder word)
    {
        int close = line.IndexOf(end, at + 1);
        if (close < 0) throw new FormatException($"a {line[at]} is opened and never closed");
        word.Append(line, at, close - at + 1);
        return close;
    }
}
