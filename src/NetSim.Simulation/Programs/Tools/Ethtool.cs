using NetSim.Model.Topology;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>ethtool 6.1: -k (features), -i (driver), -S (statistics), and the settings of a link, as a veth or bridge of Linux 6 has them.</summary>
internal sealed class Ethtool : IProgram
{
    private const string Usage = "ethtool: bad command line argument(s)\nFor more information run ethtool -h\n";
    private const string Fixed = " [fixed]";

    /// <summary>Features of a veth, as Linux 6.18 lists them: + on, - off, and a blank for "off, and can't be changed"; ">" belongs to the line before.</summary>
    private const string VethFeatures = "+rx-checksumming +tx-checksumming > tx-checksum-ipv4 >+tx-checksum-ip-generic > tx-checksum-ipv6 > tx-checksum-fcoe-crc >+tx-checksum-sctp +scatter-gather >+tx-scatter-gather " +
        ">+tx-scatter-gather-fraglist +tcp-segmentation-offload >+tx-tcp-segmentation >+tx-tcp-ecn-segmentation >+tx-tcp-mangleid-segmentation >+tx-tcp6-segmentation >+tx-tcp-accecn-segmentation " +
        "+generic-segmentation-offload -generic-receive-offload large-receive-offload +rx-vlan-offload +tx-vlan-offload ntuple-filters receive-hashing +highdma rx-vlan-filter vlan-challenged tx-gso-robust " +
        "tx-fcoe-segmentation +tx-gre-segmentation +tx-gre-csum-segmentation +tx-ipxip4-segmentation +tx-ipxip6-segmentation +tx-udp_tnl-segmentation +tx-udp_tnl-csum-segmentation tx-gso-partial tx-tunnel-remcsum-segmentation " +
        "+tx-sctp-segmentation tx-esp-segmentation +tx-udp-segmentation +tx-gso-list -tx-nocache-copy loopback rx-fcs rx-all +tx-vlan-stag-hw-insert +rx-vlan-stag-hw-parse rx-vlan-stag-filter l2-fwd-offload " +
        "hw-tc-offload esp-hw-offload esp-tx-csum-hw-offload rx-udp_tunnel-port-offload tls-hw-tx-offload tls-hw-rx-offload rx-gro-hw tls-hw-record -rx-gro-list macsec-hw-offload -rx-udp-gro-forwarding " +
        "hsr-tag-ins-offload hsr-tag-rm-offload hsr-fwd-offload hsr-dup-offload";

    public string Name => "ethtool";

    public Task<int> Run(ProcessContext process) => Task.FromResult(Answer(process));

    private static int Answer(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).ToList();
        string option = words.Count > 0 && words[0].StartsWith('-') ? words[0] : "";
        if (option.Length > 0) words.RemoveAt(0);
        if (words.Count == 0) return process.Fail(1, Usage.TrimEnd('\n'));
        if (process.Inspect().Find(words[0]) is not { } device) return process.Fail(option.Length == 0 ? 75 : 1, option.Length == 0 ? "netlink error: no device matches name (offset 24)\nnetlink error: No such device\nNo data available" : $"{Verb(option)}: No such device");
        switch (option)
        {
            case "-k" or "--show-features" or "--show-offload": process.Output.Write($"Features for {device.Name}:\n{string.Concat(VethFeatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), Joined).Select(Feature))}"); return 0;
            case "-i" or "--driver": process.Output.Write(Driver(device)); return 0;
            case "-S" or "--statistics": process.Output.Write($"NIC statistics:\n     peer_ifindex: {device.Peer?.Index ?? 0}\n"); return 0;
            case "": process.Output.Write(Settings(device)); return 0;
            case "-K" or "--features" or "--offload" or "-s" or "-G" or "-L" or "-A" or "-C":
                process.Warn($"ethtool {option} changes nothing: segmentation and checksum offload are not modelled");
                return 0;
            default: return process.Fail(1, Usage.TrimEnd('\n'));
        }
    }

    /// <summary>A lone ">" belongs to the word after it: off, and can't be changed.</summary>
    private static List<string> Joined(List<string> words, string next)
    {
        if (words.Count > 0 && words[^1] == ">") words[^1] += " " + next;
        else words.Add(next);
        return words;
    }

    private static string Feature(string word)
    {
        bool part = word.StartsWith('>');
        string rest = part ? word[1..].TrimStart() : word;
        string state = rest[0] switch
        {
            '+' => "on",
            '-' => "off",
            _ => "off" + Fixed,
        };
        return $"{(part ? "\t" : "")}{rest.TrimStart('+', '-')}: {state}\n";
    }

    private static string Verb(string option) => option == "-S" ? "Cannot get device statistics" : option == "-i" ? "Cannot get driver information" : "netlink error";

    private static string Driver(Interface device) =>
        $"driver: {(device.Kind == InterfaceKind.Bridge ? "bridge" : "veth")}\nversion: {(device.Kind == InterfaceKind.Bridge ? "2.3" : "1.0")}\nfirmware-version: {(device.Kind == InterfaceKind.Bridge ? "N/A" : "")}\n" +
        $"expansion-rom-version: \nbus-info: {(device.Kind == InterfaceKind.Bridge ? "N/A" : "")}\nsupports-statistics: {(device.Kind == InterfaceKind.Bridge ? "no" : "yes")}\nsupports-test: no\nsupports-eeprom-access: no\nsupports-register-dump: no\nsupports-priv-flags: no\n";

    private static string Settings(Interface device) => $"Settings for {device.Name}:\n" + (device.Kind == InterfaceKind.Loopback ? ""
        : "\tSupported ports: [  ]\n\tSupported link modes:   Not reported\n\tSupported pause frame use: No\n\tSupports auto-negotiation: No\n\tSupported FEC modes: Not reported\n" +
          "\tAdvertised link modes:  Not reported\n\tAdvertised pause frame use: No\n\tAdvertised auto-negotiation: No\n\tAdvertised FEC modes: Not reported\n" +
          "\tSpeed: 10000Mb/s\n\tDuplex: Full\n\tAuto-negotiation: off\n\tPort: Twisted Pair\n\tPHYAD: 0\n\tTransceiver: internal\n\tMDI-X: Unknown\n") + $"\tLink detected: {(device.Carrier ? "yes" : "no")}\n";
}
