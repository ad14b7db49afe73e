using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Stacks;

/// <summary>Can a packet from that source come in by that device? Martians can't; own addresses can't unless accept_local says so; rp_filter wants a route back (strict: by the same device).
/// Source: linux v6.6 net/ipv4/route.c ip_route_input_slow, fib_frontend.c fib_validate_source.</summary>
internal sealed class SourceCheck(NamespaceStack stack)
{
    private readonly Recent<Device> _good = new(); // by which device a source was right a moment ago
    private (int Routes, int Sysctls) _goodFor = (-1, -1);

    /// <summary>Is the source right? What was right a moment ago is not checked again.</summary>
    public bool IsRight(uint source, uint destination, Device device)
    {
        var now = (stack.Routes.Version, stack.Sysctls.Version);
        if (_goodFor != now) Forget(now);
        if (ReferenceEquals(_good.Find(source), device) && destination >> 24 is not (0 or 127)) return true;
        if (device is Loopback) return true;
        bool right = IsPossible(source, destination, device) && (source == 0 || IsReachable(source, device));
        if (right) _good.Keep(source, device);
        return right;
    }

    private void Forget((int Routes, int Sysctls) now)
    {
        _good.Clear();
        _goodFor = now;
    }

    /// <summary>Could it be a source at all, and the other a destination?</summary>
    private bool IsPossible(uint source, uint destination, Device device)
    {
        if (source >> 28 == 14 || source == uint.MaxValue) return false;
        if (source >> 24 == 127 || destination >> 24 == 127) return stack.Sysctls.RouteLocalnet(device.Name);
        bool toAll = destination == uint.MaxValue || source == 0 && destination == 0;
        return toAll || source >> 24 != 0 && destination >> 24 != 0;
    }

    private bool IsReachable(uint source, Device device)
    {
        if (source >> 24 == 127) return true;
        if (stack.Routes.IsLocal(source)) return stack.Sysctls.Any(device.Name, "accept_local");
        int filter = stack.Sysctls.Most(device.Name, "rp_filter");
        if (filter == 0) return true;
        var back = stack.Routes.Decide(source);
        return back.Kind == RouteKind.Unicast && (filter == 2 || ReferenceEquals(back.Out, device));
    }
}
