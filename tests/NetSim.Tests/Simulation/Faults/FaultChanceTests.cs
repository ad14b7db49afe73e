using NetSim.Simulation.Faults;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Faults;

public sealed class FaultChanceTests
{
    /// <summary>From CPython 3: random.Random(seed).random().</summary>
    [TestCase(7u, 0.32383276483316237, 0.15084917392450192, 0.6509344730398537)]
    [TestCase(1u, 0.13436424411240122, 0.8474337369372327, 0.763774618976614)]
    public void Chance_draws_what_Python_draws(uint seed, double first, double second, double third)
    {
        var chance = new FaultChance(seed);

        Assert.That(new[] { chance.Draw(), chance.Draw(), chance.Draw() }, Is.EqualTo(new[] { first, second, third }));
    }

    [Test]
    public void One_percent_of_seed_7_is_the_frames_that_Python_loses()
    {
        var chance = new FaultChance(7);

        var lost = Enumerable.Range(0, 400).Where(_ => chance.Happens(0.01)).ToList();

        Assert.That(lost, Is.EqualTo(new[] { 106, 130, 256 }));
    }

    [Test]
    public void What_never_happens_draws_nothing()
    {
        var (asked, other) = (new FaultChance(3), new FaultChance(3));

        asked.Happens(0);

        Assert.That(asked.Draw(), Is.EqualTo(other.Draw()));
    }
}
