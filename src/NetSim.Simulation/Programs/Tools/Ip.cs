namespace NetSim.Simulation.Programs.Tools;

/// <summary>ip of iproute2 6.1: addr, link, route, neigh, as text and (-br) brief; and the changes `add`, `del`, `replace`, `set` of addresses, routes and links.</summary>
internal sealed class Ip : IProgram
{
    public string Name => "ip";

    private static string NotModelled(ProcessContext process, string subject)
    {
        process.Warn($"ip {subject} is not modelled");
        return "";
    }

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).ToList();
        var options = words.TakeWhile(w => w.StartsWith('-')).ToList();
        words.RemoveRange(0, options.Count);
        bool? v6 = options.Exists(o => o is "-6") ? true : options.Exists(o => o is "-4") ? false : null;
        bool brief = options.Exists(o => o is "-br" or "-brief");
        if (words.Count == 0) return Task.FromResult(process.Fail(255, "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }"));
        string subject = words[0];
        words.RemoveAt(0);
        var space = process.Inspect();
        if (words.Count > 0 && words[0] is "add" or "del" or "delete" or "set" or "replace" or "change" or "append" or "flush") return Task.FromResult(new IpChanges(process, subject, words, v6).Run());
        if (subject is "route" or "r" or "ro" && words.Count > 1 && words[0] == "get") return Task.FromResult(IpRouteGet.Run(process, words.Skip(1).ToList()));
        if (words.Count > 0 && words[0] is "show" or "list" or "ls" or "get") words.RemoveAt(0);
        bool oneLine = options.Exists(o => o is "-o" or "-oneline");
        if (options.Exists(o => o is "-j" or "-json" or "-p"))
        {
            if (IpJson.Of(subject, space, words, v6) is not { } json) return Task.FromResult(process.Fail(1, $"Object \"{subject}\" is unknown, try \"ip help\"."));
            process.Output.Write(json);
            return Task.FromResult(0);
        }
        string? text = subject switch
        {
            "addr" or "a" or "address" or "ad" => brief ? IpText.BriefAddresses(space, words, v6) : oneLine ? IpText.OneLine(space, words, v6) : IpText.Addresses(space, words, v6),
            "link" or "l" or "li" => brief ? IpText.BriefLinks(space, words) : oneLine ? IpText.OneLineLinks(space, words) : IpText.Links(space, words),
            "route" or "r" or "ro" => IpText.Routes(space, v6 == true, words),
            "neigh" or "n" or "neighbor" or "neighbour" => IpText.Neighbours(space, v6, words),
            "rule" or "ru" => IpRules.Text(space, v6 == true),
            "netns" => "",
            "maddr" or "mroute" or "tunnel" or "tunl" or "xfrm" or "vrf" => NotModelled(process, subject),
            _ => null,
        };
        if (text is null) return Task.FromResult(process.Fail(1, $"Object \"{subject}\" is unknown, try \"ip help\"."));
        if (IpText.Device(words) is { } device && space.Find(device) is null) return Task.FromResult(process.Fail(1, $"Device \"{device}\" does not exist."));
        process.Output.Write(text);
        return Task.FromResult(0);
    }
}
