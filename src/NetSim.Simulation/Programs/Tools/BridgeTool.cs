using System.Globalization;
using System.Text;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>bridge of iproute2 6.1: `link`, `vlan` and `fdb`, shown; `fdb add|del` and `link set … isolated|hairpin` change.</summary>
internal sealed class BridgeTool : IProgram
{
    public string Name => "bridge";

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).Where(w => !w.StartsWith('-')).ToList();
        string subject = words.FirstOrDefault() ?? "";
        string action = words.ElementAtOrDefault(1) ?? "show";
        string? After(string word) => words.IndexOf(word) is var at && at >= 0 && at + 1 < words.Count ? words[at + 1] : null;
        var space = process.Inspect();
        if (After("dev") is { } device && space.Find(device) is null) return Task.FromResult(process.Fail(1, $"Cannot find device \"{device}\""));
        if (action is "add" or "append" or "replace" or "del" or "delete" or "set") return Task.FromResult(Change(process, subject, words, After));
        string? text = subject switch
        {
            "link" or "l" => Links(space, After("dev"), After("master")),
            "vlan" or "v" => "port              vlan-id  \n",
            "fdb" or "f" => Fdb(space, After("br"), After("dev") ?? After("brport")),
            _ => null,
        };
        if (text is null) return Task.FromResult(process.Fail(255, subject.Length == 0 ? "Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }" : $"Object \"{subject}\" is unknown, try \"bridge help\"."));
        process.Output.Write(text);
        return Task.FromResult(0);
    }

    private static int Change(ProcessContext process, string subject, List<string> words, Func<string, string?> after)
    {
        var space = process.Inspect();
        if (!process.Spec.NetAdmin) return process.Fail(2, "RTNETLINK answers: Operation not permitted");
        if (after("dev") is not { } name || space.Find(name) is not { } port) return process.Fail(255, "Device is a required argument.");
        if (subject is "link" or "l" && port.Master is not null)
        {
            if (after("isolated") is { } isolated) process.Change(new Change.InterfaceChanged(space.Key, name, Isolated: isolated == "on") { Origin = Origin.NotDockers });
            if (after("hairpin") is { } hairpin) process.Change(new Change.InterfaceChanged(space.Key, name, Hairpin: hairpin == "on") { Origin = Origin.NotDockers });
            if (words.Any(w => w is "learning" or "flood" or "mcast_flood" or "state" or "cost" or "priority" or "guard")) process.Warn($"bridge {string.Join(' ', words)}: isolated and hairpin are modelled, the rest is not");
            return 0;
        }
        if (subject is not ("fdb" or "f") || !MacAddress.TryParse(words.ElementAtOrDefault(2), out var mac) || port.Master is not { } bridge)
        {
            process.Warn($"bridge {string.Join(' ', words)} is not modelled");
            return process.Fail(2, "RTNETLINK answers: Operation not supported");
        }
        bool there = bridge.Fdb.ContainsKey(mac);
        if (words[1] == "add" && there) return process.Fail(2, "RTNETLINK answers: File exists");
        if (words[1] is "del" or "delete" && !there) return process.Fail(2, "RTNETLINK answers: No such file or directory");
        process.Change(new Change.FdbSet(space.Key, bridge.Name, mac, words[1] is "del" or "delete" ? null : name, Permanent: true) { Origin = Origin.NotDockers });
        return 0;
    }

    private static string Links(NetworkNamespace space, string? device, string? master) => string.Concat(space.Interfaces.Where(i => i.Master is { } m && (device is null || i.Name == device) && (master is null || m.Name == master))
        .Select(i => $"{i.Index}: {IpText.Name(i)}: <{string.Join(',', IpText.FlagWords(i))}> mtu {i.Mtu} master {i.Master!.Name} state {(i.Carrier ? "forwarding" : "disabled")} priority 32 cost 2 \n"));

    /// <summary>What the devices themselves take (groups), then the table of the bridge. A veth's own are its groups too.</summary>
    private static string Fdb(NetworkNamespace space, string? bridge, string? device)
    {
        var text = new StringBuilder();
        foreach (var i in space.Interfaces.Where(i => i.Kind != InterfaceKind.Loopback && (device is null || i.Name == device)))
        {
            bool ofBridge = bridge is null || i.Name == bridge || i.Master?.Name == bridge;
            if (!ofBridge) continue;
            foreach (string group in Groups(i)) text.Append(CultureInfo.InvariantCulture, $"{group}{(device is null ? $" dev {i.Name}" : "")} self permanent\n");
            if ((i.Kind == InterfaceKind.Bridge ? i : i.Master) is not { } table) continue;
            foreach (var (mac, (port, permanent)) in table.Fdb.Where(e => e.Value.Port == i.Name))
                text.Append(CultureInfo.InvariantCulture, $"{mac}{(device is null ? $" dev {i.Name}" : "")} master {table.Name}{(permanent ? " permanent" : "")} \n");
        }
        return text.ToString();
    }

    /// <summary>Groups a device listens to: all nodes and all hosts; with snooping a bridge hears reports too; each IPv6 address has its own; and the addresses of macvlans above.</summary>
    private static IEnumerable<string> Groups(Interface i)
    {
        foreach (var upper in i.Namespace.Interfaces.Where(u => u.Kind == InterfaceKind.Macvlan && ReferenceEquals(u.Parent, i))) yield return upper.Mac.ToString();
        yield return "33:33:00:00:00:01";
        if (i.Kind == InterfaceKind.Bridge)
        {
            yield return "01:00:5e:00:00:6a";
            yield return "33:33:00:00:00:6a";
        }
        yield return "01:00:5e:00:00:01";
        foreach (string own in i.Addresses.Where(a => a.Address.IsV6).Select(a => $"33:33:ff:{(int)(a.Address.Bits >> 16) & 0xFF:x2}:{(int)(a.Address.Bits >> 8) & 0xFF:x2}:{(int)a.Address.Bits & 0xFF:x2}").Distinct()) yield return own;
    }
}
