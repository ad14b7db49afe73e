namespace NetSim.Simulation.Programs.Tools;

/// <summary>ip of busybox 1.35: addr, link, route, neigh; changes as iproute2 makes them.</summary>
internal sealed class BusyboxIp : IProgram
{
    public string Name => "busybox ip";

    public Task<int> Run(ProcessContext process)
    {
        var words = process.Arguments.Skip(1).Where(w => w is not ("-4" or "-o")).ToList();
        bool v6 = words.Remove("-6");
        if (words.Count == 0) return Task.FromResult(process.Fail(1, "BusyBox v1.35.0 (Debian 1:1.35.0-4+b3) multi-call binary.\n\nUsage: ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]"));
        string subject = words[0];
        words.RemoveAt(0);
        if (words.Count > 0 && words[0] is "add" or "del" or "delete" or "set" or "replace" or "change" or "flush") return Task.FromResult(new IpChanges(process, subject, words, v6 ? true : null).Run());
        if (subject is "route" or "r" && words.Count > 1 && words[0] == "get") return Task.FromResult(IpRouteGet.Run(process, words.Skip(1).ToList()));
        if (words.Count > 0 && words[0] is "show" or "list" or "ls") words.RemoveAt(0);
        var space = process.Inspect();
        string? text = subject switch
        {
            "addr" or "a" or "address" => IpText.Addresses(space, words, v6 ? true : null, busybox: true),
            "link" or "l" => IpText.Links(space, words, busybox: true),
            "route" or "r" => IpText.Routes(space, v6, words).Replace(" proto kernel", "", StringComparison.Ordinal),
            "neigh" or "n" => IpText.Neighbours(space, null, words),
            _ => null,
        };
        if (text is null) return Task.FromResult(process.Fail(1, $"ip: invalid argument '{subject}' to 'ip'"));
        process.Output.Write(text);
        return Task.FromResult(0);
    }
}
