using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;

namespace NetSim.Simulation.Faults;

/// <summary>A stretch of a frame's way on which a fault works, in one direction: loses it, doubles it, turns a bit, lets it wait for the rate, delays it, and hands it on.
/// Order of netem. Source: linux v6.6 net/sched/sch_netem.c netem_enqueue.</summary>
internal sealed class FaultStage : IEventHandler
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly Kernel _kernel;
    private readonly LinkFault _fault;
    private readonly FaultChance _chance;
    private readonly Func<int> _place;
    private readonly Action<Frame> _onward;
    private readonly int _handler, _detail;
    private readonly PacedQueue? _queue;
    private int _inside;

    /// <summary>A stage.</summary>
    /// <param name="kernel">Time, frames, trace.</param>
    /// <param name="fault">What happens.</param>
    /// <param name="chance">Its chance, which another direction may share.</param>
    /// <param name="place">The place that the trace names.</param>
    /// <param name="onward">Takes what comes through.</param>
    public FaultStage(Kernel kernel, LinkFault fault, FaultChance chance, Func<int> place, Action<Frame> onward)
    {
        (_kernel, _fault, _chance, _place, _onward) = (kernel, fault, chance, place, onward);
        _handler = kernel.Loop.Register(this);
        _detail = kernel.Recorder.Detail(new FaultDetail(fault.ToString()));
        if (fault.BitsPerSecond > 0) _queue = new(fault);
    }

    /// <summary>A frame comes in; takes the reference.</summary>
    public void Take(Frame frame)
    {
        if (_chance.Happens(_fault.Loss) || Parting.Concerns(_fault.PartedFrom, frame.Span))
        {
            _kernel.Drop(_place(), frame, DropReason.Loss, _detail);
            return;
        }
        if (_chance.Happens(_fault.Duplicate))
        {
            Tell(frame, FaultKind.Duplicated, 0);
            var copy = _kernel.Frames.Copy(frame);
            PassOn(frame);
            PassOn(copy);
        }
        else PassOn(frame);
    }

    /// <summary>A frame's time has come.</summary>
    public void Handle(int kind, int a, int b)
    {
        _inside--;
        _onward(_kernel.Frames[a]);
    }

    private void PassOn(Frame frame)
    {
        if (_fault.MostInside > 0 && _inside >= _fault.MostInside)
        {
            _kernel.Drop(_place(), frame, DropReason.QueueFull, _detail);
            return;
        }
        if (_chance.Happens(_fault.Corrupt)) frame = Corrupted(frame);
        long now = _kernel.Loop.Now, leaves = now;
        if (_queue is not null)
        {
            if (!_queue.TryEnter(now, frame.Length, out leaves, out int before))
            {
                _kernel.Drop(_place(), frame, DropReason.QueueFull, _detail);
                return;
            }
            if (before > 0) _kernel.Recorder.Step(_place(), frame, StepKind.Queued, before);
        }
        long delay = Delay(frame);
        _inside++;
        if (leaves + delay <= now) Handle(0, frame.Id, 0);
        else _kernel.Loop.At(leaves + delay, _handler, 0, frame.Id);
    }

    private long Delay(Frame frame)
    {
        if (_chance.Happens(_fault.Reorder))
        {
            Tell(frame, FaultKind.Reordered, 0);
            return 0;
        }
        long delay = _fault.Delay.Ticks * 100, jitter = _fault.Jitter.Ticks * 100;
        if (jitter > 0) delay += (long)((_chance.Draw() * 2 - 1) * jitter);
        if (delay <= 0) return 0;
        Tell(frame, FaultKind.Delayed, delay);
        return delay;
    }

    private Frame Corrupted(Frame frame)
    {
        frame = _kernel.Frames.Own(frame);
        frame.Span[_chance.Draw(frame.Length)] ^= (byte)(1 << _chance.Draw(8));
        frame.Rewritten();
        Tell(frame, FaultKind.Corrupted, 0);
        return frame;
    }

    private void Tell(Frame frame, FaultKind kind, long nanoseconds) =>
        _kernel.Recorder.Step(_place(), frame, StepKind.Faulted, (int)kind, (int)Math.Min(nanoseconds / 1000, int.MaxValue));

    /// <summary>Frames that wait to leave at a rate; the first bytes may leave at once (a token bucket).</summary>
    private sealed class PacedQueue(LinkFault fault)
    {
        private readonly Queue<(long Leaves, int Bytes)> _waiting = new();
        private readonly long _burst = fault.BurstBytes * 8L * NanosecondsPerSecond / fault.BitsPerSecond;
        private long _busyUntil, _bytes;

        /// <summary>When a frame that comes now has left, and how many wait before it. False: there is no room.</summary>
        public bool TryEnter(long now, int length, out long leaves, out int before)
        {
            while (_waiting.TryPeek(out var first) && first.Leaves <= now) _bytes -= _waiting.Dequeue().Bytes;
            before = _waiting.Count;
            leaves = now;
            bool full = before > 0 && (fault.QueueFrames > 0 && before > fault.QueueFrames || fault.QueueBytes > 0 && _bytes + length > fault.QueueBytes);
            if (full) return false;
            _busyUntil = Math.Max(_busyUntil, now) + length * 8L * NanosecondsPerSecond / fault.BitsPerSecond;
            leaves = Math.Max(now, _busyUntil - _burst);
            _waiting.Enqueue((leaves, length));
            _bytes += length;
            return true;
        }
    }
}
