using System.Security.Cryptography;
using System.Text;
using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Project;

/// <summary>A number that changes when a configuration changes. Compose hashes its own JSON of a service; this one stands for it, and is not equal to it.</summary>
internal static class Fingerprint
{
    /// <summary>Of a tree.</summary>
    public static string Of(ComposeValue node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return Of(text.ToString());
    }

    /// <summary>Of a text.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(ComposeValue node, StringBuilder text)
    {
        switch (node)
        {
            case ComposeMap m:
                foreach (var e in m.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    text.Append('{').Append(e.Key).Append(':');
                    Write(e.Value, text);
                    text.Append('}');
                }
                break;
            case ComposeList l:
                foreach (var i in l.Items)
                {
                    text.Append('[');
                    Write(i, text);
                    text.Append(']');
                }
                break;
            case ComposeScalar s:
                text.Append('"').Append(s.Text).Append('"');
                break;
        }
    }
}
