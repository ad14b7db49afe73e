namespace NetSim.Simulation.Devices;

/// <summary>Frames for use again and again: in steady state nothing is allocated.</summary>
internal sealed class FramePool
{
    private const int Small = 2048;
    private const int Large = 65536 + 512;
    private readonly Stack<Frame> _small = new(256);
    private readonly Stack<Frame> _large = new();
    private Frame[] _all = new Frame[256];
    private int _made;
    private int _packets;

    /// <summary>The frame of a number.</summary>
    public Frame this[int id] => _all[id];

    /// <summary>Frames that are held by somebody.</summary>
    public int InUse => _made - _small.Count - _large.Count;

    /// <summary>Packets begun so far.</summary>
    public int Packets => _packets;

    /// <summary>An empty frame of a new packet, with room for headers before and for <paramref name="bytes"/> after.</summary>
    public Frame Rent(int bytes)
    {
        var frame = Take(bytes);
        frame.Start = Frame.Headroom;
        frame.Length = bytes;
        frame.Packet = _packets++;
        frame.Kept = frame.KeptBefore = -1;
        return frame;
    }

    /// <summary>Gives back one reference.</summary>
    public void Release(Frame frame)
    {
        if (--frame.References > 0) return;
        frame.Forget();
        (frame.Bytes.Length > Small ? _large : _small).Push(frame);
    }

    /// <summary>A frame of the same packet and bytes that nobody else holds: itself, or a copy for which the reference is given up.</summary>
    public Frame Own(Frame frame)
    {
        if (frame.References == 1) return frame;
        var copy = Copy(frame);
        Release(frame);
        return copy;
    }

    /// <summary>Another frame of the same packet and bytes.</summary>
    public Frame Copy(Frame frame)
    {
        var copy = Take(frame.Length);
        copy.Start = Frame.Headroom;
        copy.Length = frame.Length;
        frame.Span.CopyTo(copy.Span);
        copy.Packet = frame.Packet;
        copy.Kept = frame.Kept;
        copy.KeptBefore = frame.KeptBefore;
        copy.TakeNotes(frame);
        return copy;
    }

    private Frame Take(int bytes)
    {
        bool large = bytes > Small - Frame.Headroom - 32;
        var frame = (large ? _large : _small).TryPop(out var free) ? free : Make(large ? Math.Max(Large, bytes + 256) : Small);
        frame.References = 1;
        return frame;
    }

    private Frame Make(int size)
    {
        if (_made == _all.Length) Array.Resize(ref _all, _made * 2);
        return _all[_made] = new Frame(_made++) { Bytes = new byte[size] };
    }
}
