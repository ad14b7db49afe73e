using System.Globalization;
using System.Text;

namespace NetSim.Docker.GoTemplates;

/// <summary>How html and js make text harmless. Source: go1.24 src/text/template/funcs.go HTMLEscape, JSEscape.</summary>
internal static class TemplateEscapes
{
    /// <summary>For HTML: five characters, and NUL.</summary>
    public static string Html(string text) => Each(text, c => c switch
    {
        '"' => "&#34;",
        '\'' => "&#39;",
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\0' => "\uFFFD",
        _ => null,
    });

    /// <summary>For JavaScript.</summary>
    public static string Js(string text) => Each(text, c => c switch
    {
        '\\' => "\\\\",
        '\'' => "\\'",
        '"' => "\\\"",
        '<' or '>' or '&' or '=' => Code(c),
        _ when c < ' ' || c > '~' && char.IsControl(c) => Code(c),
        _ => null,
    });

    private static string Code(char c) => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture);

    private static string Each(string text, Func<char, string?> escape)
    {
        var all = new StringBuilder();
        foreach (char c in text) all.Append(escape(c) ?? c.ToString());
        return all.ToString();
    }
}
