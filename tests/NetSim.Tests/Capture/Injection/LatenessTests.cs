using NetSim.Capture.Injection;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Injection;

public sealed class LatenessTests
{
    [TestCase(0.5, 500_000)]
    [TestCase(0.99, 990_000)]
    public void A_share_is_at_most_six_per_cent_above_the_truth(double share, long truth)
    {
        var late = new Lateness();
        for (int i = 1; i <= 1000; i++) late.Add(i * 1000L);

        Assert.That(late.At(share), Is.InRange(truth, truth * 1.0625));
    }

    [Test]
    public void The_latest_is_exact()
    {
        var late = new Lateness();
        foreach (long l in new long[] { 3, 77_777_777, 5 }) late.Add(l);

        Assert.That((late.Most, late.At(1)), Is.EqualTo((77_777_777L, 77_777_777L)));
    }

    [Test]
    public void Nothing_is_not_late() => Assert.That(new Lateness().At(0.99), Is.Zero);
}
