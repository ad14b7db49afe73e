using System.Text;

namespace NetSim.Model.Netfilter;

/// <summary>A word of a rule's text.</summary>
/// <param name="Text">Without quotes.</param>
/// <param name="Start">Where it begins in the text, with its quote.</param>
/// <param name="End">Just after it.</param>
/// <param name="Quoted">Was it in quotes? Then it is never an option.</param>
internal readonly record struct RuleWord(string Text, int Start, int End, bool Quoted)
{
    /// <summary>Does it begin an option?</summary>
    public bool IsOption => !Quoted && Text.Length > 1 && Text[0] == '-' && !char.IsAsciiDigit(Text[1]);
}

/// <summary>A rule's text in words: blanks part them, quotes hold them together, a backslash in quotes keeps the next character.</summary>
internal static class RuleWords
{
    /// <summary>All words in order.</summary>
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static List<RuleWord> Split(string text)
    {
        var words = new List<RuleWord>();
        for (int at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else if (text[at] is '"' or '\'') at = Quoted(text, at, words);
            else at = Plain(text, at, words);
        }
        return words;
    }

    private static int Plain(string text, int start, List<RuleWord> words)
    {
        int at = start;
        while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
        words.Add(new(text[start..at], start, at, Quoted: false));
        return at;
    }

    private static int Quoted(string text, int start, List<RuleWord> words)
    {
        var word = new StringBuilder();
        for (int at = start + 1; at < text.Length; at++)
        {
            if (text[at] == text[start])
            {
                words.Add(new(word.ToString(), start, at + 1, Quoted: true));
                return at + 1;
            }
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            word.Append(text[at]);
        }
        throw new FormatException($"the quote before \"{text[(start + 1)..]}\" is not closed");
    }
}
