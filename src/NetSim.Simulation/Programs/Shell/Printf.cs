using System.Globalization;
using System.Text;
using NetSim.Simulation.Programs.Text;

namespace NetSim.Simulation.Programs.Shell;

/// <summary>printf(1): %s %d %i %u %x %o %c %b %q-less; the format is used again while arguments are left.</summary>
internal sealed class Printf : IProgram
{
    public string Name => "printf";

    public Task<int> Run(ProcessContext process)
    {
        if (process.Arguments.Count < 2) return Task.FromResult(process.Fail(1, "printf: missing operand"));
        var arguments = new Queue<string>(process.Arguments.Skip(2));
        string format = Escapes.Resolve(process.Arguments[1]);
        var text = new StringBuilder();
        int before;
        do
        {
            before = arguments.Count;
            Once(format, arguments, text);
        }
        while (arguments.Count > 0 && arguments.Count < before);
        process.Output.Write(text.ToString());
        return Task.FromResult(0);
    }

    private static void Once(string format, Queue<string> arguments, StringBuilder text)
    {
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }
            int start = ++i;
            while (i < format.Length && format[i] is '-' or '0' or '.' or '+' or ' ' or '#' or (>= '1' and <= '9')) i++;
            if (i == format.Length) return;
            if (format[i] == '%') text.Append('%');
            else text.Append(Padded(format[start..i], One(format[i], format[start..i], arguments.Count > 0 ? arguments.Dequeue() : "")));
        }
    }

    private static string One(char conversion, string flags, string argument)
    {
        if (conversion == 'b') return Escapes.Resolve(argument);
        if (conversion == 'c') return argument.Length > 0 ? argument[..1] : "";
        if (conversion is not ('d' or 'i' or 'u' or 'x' or 'X' or 'o'))
        {
            int dot = flags.IndexOf('.', StringComparison.Ordinal);
            return dot >= 0 && int.TryParse(flags.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int most) && most < argument.Length ? argument[..most] : argument;
        }
        long n = long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : 0;
        return conversion switch
        {
            'x' => n.ToString("x", CultureInfo.InvariantCulture),
            'X' => n.ToString("X", CultureInfo.InvariantCulture),
            'o' => Convert.ToString(n, 8),
            _ => n.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Padded(string flags, string text)
    {
        string digits = flags.Split('.')[0].TrimStart('-', '+', ' ', '#');
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int width)) return text;
        width = Math.Min(width, 4096);
        return flags.StartsWith('-') ? text.PadRight(width) : text.PadLeft(width, digits.StartsWith('0') ? '0' : ' ');
    }
}

/// <summary>true, false and ":": nothing but an exit code.</summary>
internal sealed class Status(string name, int code) : IProgram
{
    public string Name => name;

    public Task<int> Run(ProcessContext process) => Task.FromResult(code);
}
