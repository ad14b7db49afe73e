using NetSim.Docker.Books;
using NetSim.Docker.Networks;
using NetSim.Model.Tracing;

namespace NetSim.Docker.Containers;

/// <summary>dockerd's start, and its restart. Source: moby v28.5.2 daemon/daemon.go restore, daemon/daemon_unix.go initNetworkController; recorded in 44-daemon-restart.</summary>
internal static class DaemonBoot
{
    /// <summary>The first start.</summary>
    public static void Boot(Daemon d)
    {
        Prepare(d);
        NetworkMaker.MakePredefined(d);
    }

    /// <summary>What comes before any network: forwarding, and the daemon's chains.</summary>
    public static void Prepare(Daemon d)
    {
        d.Warnings.AddRange(d.Settings.Warnings);
        d.Warnings.AddRange(TooNew(d));
        Forwarding.Prepare(d);
        // br_netfilter is loaded: frames within a bridge pass through iptables too.
        d.Make(new Change.SysctlSet("host", "net.bridge.bridge-nf-call-iptables", "1") { Origin = new("daemon", "", "bridge-netfilter") });
        d.Make(new Change.SysctlSet("host", "net.bridge.bridge-nf-call-ip6tables", "1") { Origin = new("daemon", "", "bridge-netfilter") });
        d.Make(d.Firewall.DaemonStarted());
    }

    /// <summary>Settings that a later engine brought; the real one would not start with them.</summary>
    private static IEnumerable<string> TooNew(Daemon d)
    {
        var s = d.Settings;
        (string Name, bool Set, (int Major, int Minor) Since)[] all =
        [
            ("allow-direct-routing", s.AllowDirectRouting, (28, 2)), ("ip-forward-no-drop", s.KeepForwardPolicy, (28, 0)),
            ("bridge-accept-fwmark", s.AcceptMark.Length > 0, (29, 0)), ("firewall-backend", s.Nftables, (29, 0)), ("default-network-opts", s.NetworkOptions.Count > 0, (24, 0)),
        ];
        return all.Where(o => o.Set && !d.Version.AtLeast(o.Since.Major, o.Since.Minor))
            .Select(o => $"daemon.json: Docker Engine {d.Version} knows no \"{o.Name}\" and would not start ({o.Since.Major}.{o.Since.Minor} and later do); it is of no effect");
    }

    /// <summary>Stop and start again. A random host port of a container that comes up again stays what it was.</summary>
    public static void Restart(Daemon d)
    {
        var again = d.Containers.All.Where(ComesAgain).ToList();
        foreach (var c in d.Containers.All.Where(c => c.IsRunning).ToList())
        {
            d.Make(new Change.ProcessSignalled(c.Sandbox!.Namespace, c.ProcessId, "KILL") { Origin = new("daemon", "", "daemon-stop") });
            c.KeptPorts.Clear();
            c.KeptPorts.AddRange(c.SharedWith is null ? c.Sandbox.Endpoints.SelectMany(e => e.Ports).Where(_ => again.Contains(c)) : []);
            ContainerStop.Ended(d, c, 137);
        }
        d.Subnets.StartOver();
        foreach (var n in d.Networks.All.Where(n => n.IsUserDefined)) NetworkPools.ShowAsStored(n);
        RestoreRules(d);
        if (d.Networks.Find("bridge") is { } old) Renew(d, old);
        foreach (var c in again)
        {
            try
            {
                ContainerStart.Start(d, c);
            }
            catch (DaemonException fault)
            {
                d.Warnings.Add($"container {c.Name} did not come up again: {fault.Message}");
            }
        }
    }

    /// <summary>The rules after a restart, of networks that stand as they are.</summary>
    public static void RebuildRules(Daemon d)
    {
        RestoreRules(d);
        foreach (var n in d.Networks.All.Where(n => n.IsDefaultBridge))
        {
            d.Make(d.Firewall.NetworkRemoved(FirewallWords.Of(n)));
            d.Make(d.Firewall.NetworkAdded(FirewallWords.Of(n)));
        }
    }

    private static void RestoreRules(Daemon d)
    {
        d.Make(d.Firewall.DaemonStarted());
        foreach (var n in Restored(d)) d.Make(d.Firewall.NetworkAdded(FirewallWords.Of(n)));
    }

    /// <summary>Up to 27 the driver walks a map of its networks (no order; the newest first was recorded twice), from 28 a sorted store.
    /// Source: moby v20.10.24 libnetwork/datastore/cache.go list; recorded in 44-daemon-restart.</summary>
    private static IEnumerable<Network> Restored(Daemon d)
    {
        var bridges = d.Networks.All.Where(n => n.Driver == "bridge" && n.IsUserDefined);
        return d.Version.AtLeast(28) ? bridges : bridges.Reverse();
    }

    /// <summary>The policy decides, as after an end with 137: "always" even when the user stopped it. Source: moby v28.5.2 daemon/daemon.go restore, restartmanager ShouldRestart.</summary>
    private static bool ComesAgain(Container c) => c.Starts > 0 && c.Options.Restart switch
    {
        "always" => true,
        "unless-stopped" => !c.StoppedByUser,
        "on-failure" => (c.IsRunning || c.ExitCode != 0) && (c.Options.RestartLimit == 0 || c.RestartCount < c.Options.RestartLimit),
        _ => false,
    };

    /// <summary>The network "bridge" is deleted, with its rules, and made anew, so that they stand above those of older networks; docker0 and its address stay.</summary>
    private static void Renew(Daemon d, Network old)
    {
        if (old.Driver == "bridge") d.Make(d.Firewall.NetworkRemoved(FirewallWords.Of(old)));
        NetworkPools.Release(d, old);
        d.Networks.Remove(old);
        d.Make(new Change.NetworkRemoved(old.Name) { Origin = new("daemon", "", "default-bridge") });
        DefaultBridge.Make(d);
        foreach (var c in d.Containers.All.Where(c => c.Networks.ContainsKey("bridge"))) c.Networks["bridge"].NetworkId = d.Networks.Find("bridge")!.Id;
    }
}
