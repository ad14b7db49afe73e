using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Scenarios.Reading;
using YamlDotNet.RepresentationModel;

namespace NetSim.Scenarios.Worlds;

/// <summary>Reads `host:` and `outside:`.</summary>
internal static class SiteReader
{
    /// <summary>A site with the keys of <paramref name="m"/> worked into it.</summary>
    public static SiteSpec Extend(SiteSpec site, YamlMap m, string what)
    {
        m.Only($"\"{what}\"", "replace", "hostname", "image", "interface", "addresses", "routes", "sysctls", "files", "dns", "runs", "lacks");
        var under = m.Text("replace") == "true" ? new SiteSpec { Interface = site.Interface, Mac = site.Mac, Image = site.Image, Hostname = site.Hostname } : site;
        var link = m.Map("interface")?.Only("interface", "name", "index", "mac");
        return under with
        {
            Hostname = m.Text("hostname") ?? under.Hostname,
            Image = m.Text("image") ?? under.Image,
            Interface = link?.Text("name") ?? under.Interface,
            Index = link?.Text("index") is { } i ? Number(link, "index", i) : under.Index,
            Mac = link?.Text("mac") is { } t ? Mac(link, t) : under.Mac,
            Addresses = [.. under.Addresses, .. m.Items("addresses").Select(n => Address(m, n))],
            Routes = [.. under.Routes, .. m.Items("routes").Select(n => RouteLine.Read(m, n))],
            Sysctls = ImageReader.Merge(under.Sysctls, ImageReader.Texts(m, "sysctls")),
            Lacks = [.. under.Lacks, .. m.Items("lacks").Select(n => m.Scalar(n, "lacks"))],
            Files = ImageReader.Merge(under.Files, ImageReader.Files(m)),
            Dns = DnsReader.Extend(under, m),
            Runs = [.. under.Runs, .. m.Items("runs").Select(n => Words(m, n, m.Scalar(n, "runs")))],
        };
    }

    /// <summary>The words of a command line.</summary>
    public static IReadOnlyList<string> Words(YamlMap m, YamlNode at, string line)
    {
        try
        {
            var words = ShellWords.Split(line);
            return words.Count > 0 ? words : throw m.Wrong(at, "a command line should not be empty");
        }
        catch (FormatException e)
        {
            throw m.Wrong(at, e.Message);
        }
    }

    private static int Number(YamlMap m, string key, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : throw m.Wrong(m.LineOf(key), $"{key}: should be a number, but it is \"{text}\"");

    private static MacAddress Mac(YamlMap m, string text) =>
        MacAddress.TryParse(text, out var mac) ? mac : throw m.Wrong(m.LineOf("mac"), $"\"{text}\" is no MAC address; write it like \"02:00:cb:00:71:01\", in quotes");

    private static InterfaceAddress Address(YamlMap m, YamlNode n)
    {
        string text = m.Scalar(n, "addresses");
        return InterfaceAddress.TryParse(text, out var a) ? a : throw m.Wrong(n, $"\"{text}\" is no address with its prefix length; write it like 203.0.113.10/24");
    }
}
