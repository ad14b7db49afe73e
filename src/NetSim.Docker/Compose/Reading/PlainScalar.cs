using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetSim.Docker.Compose.Reading;

/// <summary>What a plain word means: the types that Compose's YAML reader gives. Yes, no, on and off are texts there.
/// Source: go.yaml.in/yaml/v4 resolve.go resolve, as compose-go reads with it.</summary>
internal static partial class PlainScalar
{
    /// <summary>Reads an event.</summary>
    public static ComposeScalar Of(Scalar e, ComposePlace place)
    {
        string tag = e.Tag.IsEmpty ? "" : e.Tag.Value;
        if (tag.EndsWith(":str", StringComparison.Ordinal) || (e.Style != ScalarStyle.Plain && !tag.EndsWith(":int", StringComparison.Ordinal))) return new(place, e.Value, ScalarKind.Text);
        return Resolve(e.Value, place);
    }

    private static ComposeScalar Resolve(string text, ComposePlace place)
    {
        if (text is "" or "~" or "null" or "Null" or "NULL") return new(place, "", ScalarKind.Null);
        if (text is "true" or "True" or "TRUE") return new(place, "true", ScalarKind.Boolean);
        if (text is "false" or "False" or "FALSE") return new(place, "false", ScalarKind.Boolean);
        if (Integer(text) is { } whole) return new(place, whole.ToString(CultureInfo.InvariantCulture), ScalarKind.Integer);
        if (FloatForm().IsMatch(text) && double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return new(place, GoFloat(number), ScalarKind.Float);
        return new(place, text, ScalarKind.Text);
    }

    private static long? Integer(string text)
    {
        string bare = text.Replace("_", "", StringComparison.Ordinal);
        bool negative = bare.StartsWith('-');
        string digits = bare.TrimStart('+', '-');
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0]) || bare.Length - digits.Length > 1) return null;
        var (prefix, radix) = digits switch
        {
            ['0', 'x', ..] => (2, 16),
            ['0', 'b', ..] => (2, 2),
            ['0', 'o', ..] => (2, 8),
            ['0', _, ..] => (1, 8),
            _ => (0, 10),
        };
        return Parse(digits[prefix..], radix) is { } n ? negative ? -n : n : null;
    }

    private static long? Parse(string digits, int radix)
    {
        if (digits.Length is 0 or > 62) return null;
        Int128 n = 0;
        foreach (char c in digits)
        {
            int value = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            if (value >= radix) return null;
            n = n * radix + value;
            if (n > long.MaxValue) return null;
        }
        return (long)n;
    }

    /// <summary>Go's %v of a float64: the shortest digits; with an exponent of two digits at least below -4 and from 6.</summary>
    private static string GoFloat(double number)
    {
        if (number == 0 || !double.IsFinite(number)) return number.ToString(CultureInfo.InvariantCulture);
        string[] parts = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture).Split('E');
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        string shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        string sign = number < 0 ? "-" : "";
        if (exponent is >= -4 and < 6) return sign + (shortest.Contains('E', StringComparison.Ordinal) ? ((decimal)Math.Abs(number)).ToString(CultureInfo.InvariantCulture) : shortest);
        string digits = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0');
        return $"{sign}{digits[..1]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex FloatForm();
}
