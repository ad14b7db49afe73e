using System.Globalization;
using NetSim.Model.Addressing;
using NetSim.Model.Topology;
using NetSim.Simulation.Programs.Resolving;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>arping of iputils 20221126: -c -w -I -s -b -f -q -D -U -A.</summary>
internal sealed class Arping : IProgram
{
    private static readonly string[] WithValue = ["c", "w", "I", "s", "i"];

    public string Name => "arping";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        if (arguments.Operands.Count == 0) return process.Fail(1, "arping: Destination required"); // with the usage in reality
        string name = arguments.Operands[0];
        var host = await new GlibcResolver(process).Addresses(name, Family.V4);
        if (host.Addresses.Count == 0) return process.Fail(2, $"arping: {name}: {host.ErrorText}");
        var target = host.Addresses[0];
        string? wanted = arguments.Value("I");
        var space = process.Inspect();
        var device = wanted is not null ? space.Find(wanted) : space.Find(process.Network.Routes.Lookup(target)?.Interface ?? "") ?? space.Interfaces.Find(i => i.Kind != InterfaceKind.Loopback);
        if (device is null) return process.Fail(2, wanted is null ? "arping: no usable interfaces" : $"arping: Device {wanted} not available.");
        if (!device.Up) return process.Fail(2, $"arping: Interface \"{device.Name}\" is down");
        if (device.Kind == InterfaceKind.Loopback) return process.Fail(2, $"arping: Interface \"{device.Name}\" is not ARPable");
        using var socket = process.Network.OpenArp(device.Name, "arping");
        return await new ArpingRun(process, arguments, device, socket, target).Run();
    }
}

/// <summary>One run of arping.</summary>
internal sealed class ArpingRun(ProcessContext process, Arguments arguments, Interface device, IArpSocket socket, IpAddress target)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly int _count = (int)arguments.Number(int.MaxValue, "c");
    private readonly bool _duplicates = arguments.Has("D");
    private readonly bool _announces = arguments.Has("U", "A");
    private MacAddress _to = MacAddress.Broadcast;
    private int _sent;
    private int _broadcasts;
    private int _received;
    private bool _end;

    /// <summary>Asks each second, unicast once somebody has answered.</summary>
    public async Task<int> Run()
    {
        var source = Source();
        Say($"ARPING {target} from {source} {device.Name}\n");
        var deadline = arguments.Value("w") is { } w ? process.Clock.Now + TimeSpan.FromSeconds(double.Parse(w, CultureInfo.InvariantCulture)) : (Model.Tracing.SimTime?)null;
        while (_sent < _count && !_end)
        {
            var at = process.Clock.Now;
            if (deadline is { } end && at >= end) break;
            socket.Send(!arguments.Has("A"), _to, source, target);
            _sent++;
            if (_to == MacAddress.Broadcast) _broadcasts++;
            await Listen(at, at + Interval, source);
        }
        Say($"Sent {_sent} probes ({_broadcasts} broadcast(s))\nReceived {_received} response(s)\n");
        if (_duplicates) return _received > 0 ? 1 : 0;
        return _received > 0 || _announces ? 0 : 1;
    }

    private IpAddress Source()
    {
        if (_duplicates) return IpAddress.AnyV4;
        if (IpAddress.TryParse(arguments.Value("s"), out var given)) return given;
        if (_announces) return target;
        return process.Network.SourceFor(target) ?? device.Addresses.Where(a => a.Address.IsV4).Select(a => a.Address).FirstOrDefault();
    }

    private void Say(string text)
    {
        if (!arguments.Has("q") || !text.Contains('[', StringComparison.Ordinal)) process.Output.Write(text);
    }

    private async Task Listen(Model.Tracing.SimTime sent, Model.Tracing.SimTime until, IpAddress source)
    {
        while (process.Clock.Now < until && await socket.Receive(until - process.Clock.Now) is { } heard)
        {
            if (heard.Sender != target || heard.SenderMac == device.Mac || heard.IsRequest && !_duplicates && heard.Target != source) continue;
            _received++;
            double milliseconds = (process.Clock.Now.Nanoseconds - sent.Nanoseconds) / 1e6;
            Say($"{(heard.IsBroadcast ? "Broadcast" : "Unicast")} {(heard.IsRequest ? "request" : "reply")} from {heard.Sender} [{heard.SenderMac.ToString().ToUpperInvariant()}]  {milliseconds.ToString("0.000", CultureInfo.InvariantCulture)}ms\n");
            if (!arguments.Has("b") && !_duplicates) _to = heard.SenderMac;
            if (arguments.Has("f") || _duplicates) _end = true;
            if (_end || _sent >= _count) return;
        }
    }
}
