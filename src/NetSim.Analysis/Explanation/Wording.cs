using System.Globalization;
using System.Runtime.CompilerServices;

namespace NetSim.Analysis.Explanation;

/// <summary>A sentence that is put together only if somebody will read it.</summary>
[InterpolatedStringHandler]
internal ref struct Wording
{
    private readonly bool _read;
    private DefaultInterpolatedStringHandler _text;

    public Wording(int literalLength, int formattedCount, NameWalk walk, out bool isRead)
    {
        isRead = _read = walk.Tells;
        if (_read) _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>The sentence; empty when nobody reads it.</summary>
    public string Done() => _read ? _text.ToStringAndClear() : "";
}
