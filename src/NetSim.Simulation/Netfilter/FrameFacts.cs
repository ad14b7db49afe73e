using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Simulation.Devices;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Netfilter;

/// <summary>What few rules want to know of a frame; one object for all frames of a namespace, set to each in turn.</summary>
internal sealed class FrameFacts(Kernel kernel) : IPacketFacts
{
    private const int LeastHeaders = 40; // IPv4 and TCP without options
    private const int LeastHeaders6 = 60;
    private Frame _frame = null!;
    private Device? _input, _output;

    /// <summary>Sets it to a frame.</summary>
    public FrameFacts Of(Frame frame, Device? input, Device? output)
    {
        (_frame, _input, _output) = (frame, input, output);
        return this;
    }

    public MacAddress SourceMac => new(_input is null ? 0 : Device.Source(_frame));

    public int Length => _frame.Ip.Length;

    public byte TimeToLive => _frame.Ip[_frame.Ip[0] >> 4 == 6 ? 7 : 8];

    public string? PhysicalIn => _frame.PhysicalIn?.Name;

    public string? PhysicalOut => _frame.PhysicalOut?.Name;

    public bool IsBridged => _frame.PhysicalOut is not null;

    public TrackedFlow? Flow => _frame.Track is ConntrackEntry e
        ? new(e.Original.Key(kernel.Addresses), e.Reply.Key(kernel.Addresses), ((TrackState)_frame.TrackState).HasFlag(TrackState.Reply), e.Answered, e.IsAssured, e.Confirmed) : null;

    public uint FlowMark
    {
        get => (_frame.Track as ConntrackEntry)?.Mark ?? 0;
        set
        {
            if (_frame.Track is ConntrackEntry entry) entry.Mark = value;
        }
    }

    public double Draw() => kernel.Chance.NextDouble();

    public void Do(PacketEffect effect, int value)
    {
        switch (effect)
        {
            case PacketEffect.Untrack: if (_frame.Track is null) _frame.TrackState = (byte)TrackState.Untracked; break;
            case PacketEffect.ClampSegments: Lower(Math.Min(_input?.Mtu ?? int.MaxValue, _output?.Mtu ?? int.MaxValue) - (_frame.Ip[0] >> 4 == 6 ? LeastHeaders6 : LeastHeaders)); break;
            case PacketEffect.SetSegments: Lower(value); break;
            case PacketEffect.SetTimeToLive: Live(value); break;
            case PacketEffect.AddTimeToLive: Live(TimeToLive + value); break;
        }
    }

    private void Lower(int most)
    {
        if (HeaderRewrite.LowerSegmentSize(_frame.Ip, most)) _frame.HeadRewritten();
    }

    private void Live(int value)
    {
        HeaderRewrite.TimeToLive(_frame.Ip, (byte)Math.Clamp(value, 0, 255));
        _frame.HeadRewritten();
    }
}
