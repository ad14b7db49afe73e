using NUnit.Framework;
using NetSim.Simulation.Events;

namespace NetSim.Tests.Simulation.Events;

/// <summary>Events come out by time, then by order of scheduling, whatever lies where.</summary>
internal sealed class EventQueueTests
{
    private EventQueue _queue = null!;

    [SetUp]
    public void Empty() => _queue = new();

    [Test]
    public void Events_of_one_instant_come_in_the_order_of_scheduling([Values(3, 500, 5000)] int count)
    {
        for (int i = 0; i < count; i++) _queue.Push(1_000_000, 0, i, 0);

        Assert.That(Taken(), Is.EqualTo(Enumerable.Range(0, count)));
    }

    [Test]
    public void An_event_put_in_late_with_an_early_place_comes_at_that_place()
    {
        uint early = _queue.TakeOrder();
        _queue.Push(500, 0, 1, 0);
        _queue.Push(500, early, 0, 0, 0);

        Assert.That(Taken(), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void An_event_beyond_the_limit_stays()
    {
        _queue.Push(200, 0, 7, 0);

        Assert.That((_queue.TryPop(199, out _), _queue.Count, _queue.TryPop(200, out var taken), taken.A), Is.EqualTo((false, 1, true, 7)));
    }

    /// <summary>Scheduled while others are taken, near and far, many at one instant: as a list sorted by time and order gives them.</summary>
    [Test]
    public void Any_mix_comes_out_sorted([NUnit.Framework.Range(1, 40)] int seed)
    {
        var chance = new Random(seed);
        long[] spans = [0, 1, 100, 128, 5000, 131_000, 131_072, 140_000, 4_000_000, 1_000_000_000];
        var waiting = new SortedSet<(long Time, int Number)>();
        var taken = new List<int>();
        var expected = new List<int>();
        long now = 0;
        int made = 0;
        for (int step = 0; step < 4000; step++)
        {
            for (int n = step % 400 == 0 ? 300 : chance.Next(3); n > 0; n--)
            {
                long time = now + spans[chance.Next(spans.Length)] + chance.Next(seed % 3 == 0 ? 1 : 200);
                waiting.Add((time, made));
                _queue.Push(time, 0, made++, 0);
            }
            if (!_queue.TryPop(long.MaxValue, out var next)) continue;
            now = next.Time;
            taken.Add(next.A);
            expected.Add(waiting.Min.Number);
            waiting.Remove(waiting.Min);
        }

        Assert.That(taken, Is.EqualTo(expected));
    }

    private IEnumerable<int> Taken()
    {
        while (_queue.TryPop(long.MaxValue, out var next)) yield return next.A;
    }
}
