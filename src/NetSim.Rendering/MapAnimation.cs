using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Rendering.Films;
using NetSim.Rendering.Layout;
using NetSim.Rendering.Output;
using NetSim.Rendering.Stories;
using SkiaSharp;

namespace NetSim.Rendering;

/// <summary>The map as a film: how docker's commands build it, and how packets pass through it.</summary>
public static class MapAnimation
{
    /// <summary>The formats that names can ask for.</summary>
    public static IReadOnlyList<string> Formats { get; } = [".webp"];

    /// <summary>Writes the story of a trace. Nothing is left behind when it fails or is cancelled.</summary>
    /// <param name="trace">Changes and steps.</param>
    /// <param name="path">The name ends in one of <see cref="Formats"/>.</param>
    /// <param name="options">Title, theme, size, pace.</param>
    /// <param name="stop">Ends the work.</param>
    /// <param name="progress">Told how far it is, from 0 to 1.</param>
    /// <exception cref="InputException">The name asks for another format.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(ITraceReader trace, string path, AnimationOptions options, CancellationToken stop = default, Action<double>? progress = null)
    {
        if (!Formats.Contains(Path.GetExtension(path).ToLowerInvariant())) throw new InputException(path, "", $"an animation's name ends in {string.Join(", ", Formats)}");
        string draft = path + ".part";
        try
        {
            using (var stream = File.Create(draft)) Write(trace, stream, options, stop, progress);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>As the other, to a stream that can seek.</summary>
    /// <returns>The film's length in seconds and its number of frames.</returns>
    internal static (double Seconds, int Frames) Write(ITraceReader trace, Stream stream, AnimationOptions options, CancellationToken stop = default, Action<double>? progress = null)
    {
        var index = TraceIndex.Of(trace);
        var plan = PlanFold.Of(trace, index);
        MapPicture.MarkDrops(plan, index);
        var layout = MapLayout.Of(plan);
        var beats = FilmScript.Of(index, plan);
        if (beats.Count == 0) beats = [new(trace.Count - 1, 2000, new HashSet<string>(StringComparer.Ordinal), "Nothing happens.", "")];
        int played = beats.Count(b => b.Packet is not null);
        var ledger = index.Ledger with { Shown = played, Merged = index.Ledger.Merged + index.Ledger.Shown - played };
        return new Reel(index, new(index, layout, options, ledger), options, beats).Shoot(layout, stream, stop, progress);
    }

    /// <summary>One run of the camera.</summary>
    private sealed class Reel(TraceIndex index, BeatPicture painter, AnimationOptions options, IReadOnlyList<Beat> beats)
    {
        private const double Ending = 2500;
        private readonly Topology _now = new();
        private long _folded;
        private double _film;

        public (double Seconds, int Frames) Shoot(MapLayout layout, Stream stream, CancellationToken stop, Action<double>? progress)
        {
            double scale = options.Width / layout.PageWidth;
            using var surface = SKSurface.Create(new SKImageInfo(SkiaWriter.Pixels(layout.PageWidth, scale), SkiaWriter.Pixels(painter.Height, scale), SKColorType.Bgra8888, SKAlphaType.Opaque));
            var film = new AnimatedWebp(stream, surface.Canvas.DeviceClipBounds.Width, surface.Canvas.DeviceClipBounds.Height);
            double pace = Math.Max(1, Needed() / (options.MaxSeconds * 1000 - Ending));
            for (int i = 0; i < beats.Count; i++)
            {
                stop.ThrowIfCancellationRequested();
                Beat(surface, film, beats[i], (scale, pace, (i + 1.0) / beats.Count, i == beats.Count - 1));
                progress?.Invoke((i + 1.0) / beats.Count);
            }
            film.Finish();
            return (_film / 1000, film.Frames);
        }

        /// <summary>Milliseconds at the natural pace; a packet's way is taken as three hops and more.</summary>
        private double Needed() => beats.Sum(b => b.Milliseconds + (b.Packet is null ? 0 : 900));

        private void Beat(SKSurface surface, AnimatedWebp film, Beat beat, (double Scale, double Pace, double Progress, bool Last) how)
        {
            Fold(beat.Row);
            var view = painter.View(beat, _now);
            using var still = SkiaWriter.Image(painter.Still(view, beat, how.Progress), how.Scale);
            double rest = beat.Milliseconds / how.Pace + (how.Last ? Ending : 0), step = 1000.0 / options.FramesPerSecond;
            if (view.Flight is not { Stops.Count: > 0 } flight)
            {
                Frame(surface, film, still, [], (how.Scale, rest));
                return;
            }
            var motion = new Motion(flight);
            for (double t = 0; t < motion.Total; t += step * how.Pace) Frame(surface, film, still, painter.Moving(view, motion, t), (how.Scale, step));
            Frame(surface, film, still, painter.Moving(view, motion, motion.Total + 1), (how.Scale, rest));
        }

        private void Frame(SKSurface surface, AnimatedWebp film, SKImage still, IEnumerable<Scenes.Shape> moving, (double Scale, double Milliseconds) how)
        {
            var canvas = surface.Canvas;
            canvas.ResetMatrix();
            canvas.DrawImage(still, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
            canvas.Scale((float)how.Scale);
            foreach (var shape in moving) SkiaWriter.Draw(canvas, shape);
            using var pixels = surface.PeekPixels();
            double before = _film;
            _film += how.Milliseconds;
            film.Add(pixels, (int)(Math.Round(_film) - Math.Round(before)));
        }

        private void Fold(long row)
        {
            while (_folded <= row && _folded < index.Trace.Count)
            {
                var chunk = index.Trace.Chunk(_folded).Span;
                for (int i = 0; i < chunk.Length && _folded <= row; i++, _folded++)
                    if (chunk[i].Kind == StepKind.Changed) _now.Apply(index.Trace.Change(chunk[i].A));
            }
        }
    }
}
