using NetSim.Model.Input;
using NetSim.Rendering;
using NUnit.Framework;
using SkiaSharp;

namespace NetSim.Tests.Rendering;

public sealed class MapAnimationTests
{
    [Test]
    public void The_seed_story_is_a_short_and_small_film()
    {
        using var stream = new MemoryStream();

        var (seconds, _) = MapAnimation.Write(SeedStory.Make(), stream, new() { Title = "The seed story", Width = 800 });

        Assert.That((seconds, (int)stream.Length), Is.InstanceOf<(double, int)>().And.Matches<(double Seconds, int Bytes)>(f => f is { Seconds: > 10 and < 40, Bytes: < 3_000_000 }));
    }

    [Test]
    public void A_film_can_be_read_back_frame_by_frame()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "film.webp");
        MapAnimation.Write(DropStory.Make(), path, new() { Width = 640, FramesPerSecond = 6 });

        using var codec = SKCodec.Create(path);

        Assert.That(codec.FrameCount, Is.GreaterThan(5));
    }

    [Test]
    public void The_same_trace_gives_the_same_film()
    {
        static byte[] Film()
        {
            using var stream = new MemoryStream();
            MapAnimation.Write(DropStory.Make(), stream, new() { Width = 640, FramesPerSecond = 6 });
            return stream.ToArray();
        }

        byte[] once = Film(), again = Film();

        Assert.That(again, Is.EqualTo(once));
    }

    [Test]
    public void Nothing_is_left_of_a_film_that_was_cancelled()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "cancelled.webp");
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.That(() => MapAnimation.Write(DropStory.Make(), path, new(), stop.Token), Throws.InstanceOf<OperationCanceledException>().And.Matches<Exception>(_ => Directory.GetFiles(Path.GetDirectoryName(path)!, "cancelled.webp*").Length == 0));
    }

    [Test]
    public void Another_format_is_refused_by_name()
    {
        Assert.That(() => MapAnimation.Write(DropStory.Make(), "film.gif", new()), Throws.TypeOf<InputException>().With.Message.Contains(".webp"));
    }
}
