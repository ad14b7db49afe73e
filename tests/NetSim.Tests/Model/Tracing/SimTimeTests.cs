using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Tracing;

public sealed class SimTimeTests
{
    [Test]
    public void An_instant_is_written_in_seconds() => Assert.That(new SimTime(5_445_809_000).ToString(), Is.EqualTo("5.445809 s"));

    [Test]
    public void A_span_later_and_back_is_the_same_span() => Property.Holds<(uint From, uint Ticks)>(x =>
        new SimTime(x.From) is var start && start + TimeSpan.FromTicks(x.Ticks) - start == TimeSpan.FromTicks(x.Ticks));

    [Test]
    public void Earlier_is_less() => Assert.That(new SimTime(1) < new SimTime(2) && new SimTime(2) >= new SimTime(2));
}
