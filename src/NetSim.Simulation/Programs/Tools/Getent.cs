using NetSim.Model.Addressing;
using NetSim.Simulation.Programs.Resolving;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>getent of glibc 2.36: the hosts databases. `hosts` asks AAAA, then A (gethostbyname2); `ahosts` asks as getaddrinfo does.</summary>
internal sealed class Getent : IProgram
{
    private const int NotFound = 2;

    public string Name => "getent";

    public async Task<int> Run(ProcessContext process)
    {
        if (process.Arguments.Count < 2) return process.Fail(1, "getent: wrong number of arguments");
        string database = process.Arguments[1];
        int code = 0;
        if (database is "hosts" or "ahosts" or "ahostsv4" or "ahostsv6")
        {
            var resolver = new GlibcResolver(process);
            foreach (string key in process.Arguments.Skip(2))
                if (!(database == "hosts" ? await Hosts(process, resolver, key) : await Ahosts(process, resolver, database, key))) code = NotFound;
            return code;
        }
        if (process.Files.Read($"/etc/{database}") is not { } text) return process.Fail(1, $"Unknown database: {database}\nTry `getent --help' or `getent --usage' for more information.");
        foreach (string key in process.Arguments.Skip(2))
        {
            string? line = text.Split('\n').FirstOrDefault(l => l.Split(':', ' ', '\t').Take(3).Contains(key));
            if (line is null) code = NotFound;
            else process.Output.Write(line + "\n");
        }
        return code;
    }

    private static async Task<bool> Hosts(ProcessContext process, GlibcResolver resolver, string key)
    {
        if (IpAddress.TryParse(key, out var address))
        {
            if (await resolver.Reverse(address) is not { } names) return false;
            Line(process, address, names);
            return true;
        }
        var found = await resolver.ByName(key, Family.V6);
        if (found.Addresses.Count == 0) found = await resolver.ByName(key, Family.V4);
        foreach (var a in found.Addresses) Line(process, a, found.Names);
        return found.Addresses.Count > 0;
    }

    private static void Line(ProcessContext process, IpAddress address, IReadOnlyList<string> names) =>
        process.Output.Write($"{address,-15} {string.Join(' ', names)}\n");

    private static async Task<bool> Ahosts(ProcessContext process, GlibcResolver resolver, string database, string key)
    {
        var family = database switch
        {
            "ahostsv4" => Family.V4,
            "ahostsv6" => Family.V6,
            _ => Family.Both,
        };
        var found = await resolver.Addresses(key, family, configuredOnly: true);
        string canonical = found.Names.Count > 0 ? found.Names[0] : "";
        foreach (var a in found.Addresses)
        {
            process.Output.Write($"{a,-15} STREAM {canonical}\n{a,-15} DGRAM  \n{a,-15} RAW    \n");
            canonical = "";
        }
        return found.Addresses.Count > 0;
    }
}
