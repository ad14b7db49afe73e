using NetSim.Model.Tracing;
using NetSim.Simulation;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;
using NetSim.Simulation.Stacks;

namespace NetSim.Tests.Simulation.Tcp;

/// <summary>What befalls frames on their last step into a namespace, each with its chance.</summary>
internal sealed record Troubles(double Loss = 0, double Twice = 0, double Late = 0, double Corrupt = 0, long Delay = 0, long Jitter = 0);

/// <summary>Stands between a device and its stack, and loses, doubles, delays, reorders or spoils what arrives.</summary>
internal sealed class TroubledLink : IFrameReceiver, IEventHandler
{
    private readonly Kernel _kernel;
    private readonly NamespaceStack _stack;
    private readonly Device _device;
    private readonly Troubles _troubles;
    private readonly Random _chance;
    private readonly int _handler;

    public TroubledLink(Simulator simulator, string space, Troubles troubles, int seed)
    {
        (_kernel, _stack, _troubles, _chance) = (simulator.Kernel, simulator.World.Stack(space), troubles, new Random(seed));
        _device = _stack.Device("eth0")!;
        _handler = _kernel.Loop.Register(this);
        _device.Owner = this;
    }

    public string Key => _stack.Key;

    /// <summary>Loses a frame beyond what chance says, when set: by number of arrival, from 0.</summary>
    public Func<int, Frame, bool>? Loses { get; set; }

    /// <summary>Frames that arrived here.</summary>
    public int Arrived { get; private set; }

    public void Receive(Device device, Frame frame)
    {
        if (_chance.NextDouble() < _troubles.Loss || Loses?.Invoke(Arrived, frame) == true)
        {
            Arrived++;
            _kernel.Drop(_device.Place, frame, DropReason.Loss);
            return;
        }
        Arrived++;
        if (_chance.NextDouble() < _troubles.Corrupt)
        {
            frame = _kernel.Frames.Own(frame);
            frame.Span[_chance.Next(14, frame.Length)] ^= (byte)(1 << _chance.Next(8));
        }
        if (_chance.NextDouble() < _troubles.Twice) Later(_kernel.Frames.Copy(frame), _chance.NextInt64(1_000_000));
        Later(frame, _chance.NextDouble() < _troubles.Late ? _chance.NextInt64(5_000_000) : 0);
    }

    public void Handle(int kind, int a, int b) => _stack.Receive(_device, _kernel.Frames[a]);

    private void Later(Frame frame, long more)
    {
        long span = _troubles.Delay + more + (_troubles.Jitter > 0 ? _chance.NextInt64(_troubles.Jitter) : 0);
        if (span == 0) _stack.Receive(_device, frame);
        else _kernel.Loop.After(span, _handler, 0, frame.Id);
    }
}
