using System.Globalization;
using NetSim.Simulation.Events;

namespace NetSim.Simulation.Stacks;

/// <summary>Tells neighbours the own addresses of an interface by gratuitous ARP and unsolicited advertisements, some times over: what an engine asks for by the sysctl `netsim.announce.IF` = "3 1000" (times, milliseconds between).</summary>
internal sealed class Announcer(NamespaceStack stack) : ITimerTarget
{
    /// <summary>What the sysctl's name begins with.</summary>
    public const string Key = "netsim.announce.";

    private readonly List<(string Device, int Left, long Interval)> _rounds = [];

    /// <summary>Begins to announce; the first time at once. Words that are no two numbers do nothing.</summary>
    public void Begin(string device, string words)
    {
        var numbers = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length != 2 || !int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int times)) return;
        if (!int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) || times < 1) return;
        _rounds.Add((device, times, milliseconds * 1_000_000L));
        Expired(_rounds.Count - 1);
    }

    /// <summary>The next announcement of a round is due.</summary>
    public void Expired(int purpose)
    {
        var (name, left, interval) = _rounds[purpose];
        if (stack.Device(name) is not { Up: true } device) return;
        foreach (var a in device.Facts.Addresses.Select(a => a.Address).ToList())
        {
            if (a.IsV4) stack.Arp.Announce(device, a.V4);
            else if (!a.IsLinkLocal) stack.Ndp.Announce(device, a);
        }
        _rounds[purpose] = (name, left - 1, interval);
        if (left > 1) stack.Kernel.Timers.Start(interval, this, purpose);
    }
}
