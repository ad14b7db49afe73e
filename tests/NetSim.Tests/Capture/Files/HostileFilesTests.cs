using NetSim.Capture.Files;
using NetSim.Model.Input;
using NetSim.Wire.Inspection;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Files;

public sealed class HostileFilesTests
{
    private const int Mutations = 1000;

    private static IReadOnlyList<string> Names => Samples.Names;

    [TestCaseSource(nameof(Names))]
    public void A_mutated_capture_is_read_up_to_its_damage_or_refused(string name)
    {
        byte[] whole = File.ReadAllBytes(Samples.PathOf(name));
        var random = new Random(name.Length);
        Assert.DoesNotThrow(() =>
        {
            for (int i = 0; i < Mutations; i++) Read(Mutate(whole, random));
        });
    }

    [TestCaseSource(nameof(Names))]
    public void A_capture_cut_anywhere_is_read_up_to_the_cut_or_refused(string name)
    {
        byte[] whole = File.ReadAllBytes(Samples.PathOf(name));
        int step = Math.Max(1, whole.Length / 500);
        Assert.DoesNotThrow(() =>
        {
            for (int length = 0; length < whole.Length; length += step) Read(whole[..length]);
        });
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] file = [.. whole];
        byte[] edges = [0, 1, 0x7F, 0x80, 0xFF];
        for (int n = random.Next(1, 8); n > 0; n--)
        {
            // Headers come early: half of the changes go there.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(file.Length, 128) : file.Length);
            file[at] = random.Next(2) == 0 ? (byte)random.Next(256) : edges[random.Next(edges.Length)];
        }
        if (random.Next(4) > 0) return file;
        int from = random.Next(file.Length), length = random.Next(Math.Min(64, file.Length - from));
        return random.Next(2) == 0 ? [.. file[..from], .. file[(from + length)..]] : [.. file[..(from + length)], .. file[from..]];
    }

    private static void Read(byte[] file)
    {
        try
        {
            using var reader = CaptureReader.Open(new MemoryStream(file), "x");
            while (reader.TryNext(out var packet)) FrameReading.Summarise(packet.Bytes, reader.Interfaces[packet.Interface].LinkType);
        }
        catch (InputException)
        {
            // Refused, with a sentence.
        }
    }
}
