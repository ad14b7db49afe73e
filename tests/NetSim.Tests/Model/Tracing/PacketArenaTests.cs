using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Model.Tracing;

public sealed class PacketArenaTests
{
    private readonly PacketArena _arena = new();

    [Test]
    public void A_frame_comes_back_as_it_was()
    {
        int frame = _arena.Add([1, 2, 3, 4]);

        Assert.That(_arena.Bytes(frame), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [Test]
    public void A_rewritten_frame_has_a_new_head_and_the_old_rest()
    {
        int first = _arena.Add([1, 2, 3, 4]);

        int second = _arena.AddPatched(first, [9, 8]);

        Assert.That((_arena.Bytes(first), _arena.Bytes(second)), Is.EqualTo((new byte[] { 1, 2, 3, 4 }, new byte[] { 9, 8, 3, 4 })));
    }

    [Test]
    public void A_shorter_patch_on_a_patch_keeps_what_the_first_had_changed()
    {
        int first = _arena.Add([1, 2, 3, 4]);
        int second = _arena.AddPatched(first, [9, 8, 7]);

        int third = _arena.AddPatched(second, [5]);

        Assert.That(_arena.Bytes(third), Is.EqualTo(new byte[] { 5, 8, 7, 4 }));
    }

    [Test]
    public void A_cut_frame_tells_its_length_on_the_wire()
    {
        int frame = _arena.Add([1, 2, 3, 4], originalLength: 1514, linkType: 101);

        Assert.That((_arena.Length(frame), _arena.OriginalLength(frame), _arena.LinkType(frame)), Is.EqualTo((4, 1514, 101)));
    }

    [Test]
    public void A_patch_keeps_the_lengths_and_the_link_type_of_its_base()
    {
        int first = _arena.Add([1, 2, 3, 4], 1514, 113);

        int second = _arena.AddPatched(first, [0]);

        Assert.That((_arena.Length(second), _arena.OriginalLength(second), _arena.LinkType(second)), Is.EqualTo((4, 1514, 113)));
    }

    [Test]
    public void An_empty_frame_and_one_larger_than_a_segment_are_kept_too()
    {
        var large = new byte[(1 << 20) + 5];
        large[^1] = 7;

        int empty = _arena.Add([]), whole = _arena.Add(large);

        Assert.That((_arena.Length(empty), _arena.Bytes(whole)[^1]), Is.EqualTo((0, 7)));
    }

    [Test]
    public void Any_chain_of_patches_reads_as_the_frames_written_one_by_one() => Property.Holds<(byte[] Frame, byte[][] Heads)>(x =>
    {
        var arena = new PacketArena();
        var plain = new List<byte[]> { x.Frame };
        arena.Add(x.Frame);
        foreach (var head in x.Heads.Where(h => h is not null && h.Length <= x.Frame.Length))
        {
            arena.AddPatched(plain.Count - 1, head);
            var next = (byte[])plain[^1].Clone();
            head.CopyTo(next, 0);
            plain.Add(next);
        }
        return plain.Select((bytes, i) => arena.Bytes(i).AsSpan().SequenceEqual(bytes)).All(same => same);
    });
}
