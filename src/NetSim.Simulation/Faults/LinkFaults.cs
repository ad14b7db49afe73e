using NetSim.Model.Topology;
using NetSim.Simulation.Devices;

namespace NetSim.Simulation.Faults;

/// <summary>The faults that work on one end of a cable, each at its place.</summary>
internal sealed class LinkFaults : ILinkTrouble
{
    private readonly FaultStage? _leaving, _cable, _entering;

    /// <summary>The stages of an interface's faults; a relay's two directions share their chance, as they share the relay.</summary>
    public LinkFaults(Kernel kernel, IReadOnlyDictionary<FaultPlace, LinkFault> faults, VethEnd end)
    {
        FaultStage Stage(LinkFault fault, FaultChance chance, Action<Frame> onward) => new(kernel, fault, chance, () => end.Place, onward);
        if (faults.TryGetValue(FaultPlace.Queue, out var queue)) _leaving = Stage(queue, new(queue.Seed), end.Leave);
        if (faults.TryGetValue(FaultPlace.Cable, out var cable)) _cable = Stage(cable, new(cable.Seed), end.Carry);
        if (!faults.TryGetValue(FaultPlace.Relay, out var relay)) return;
        var shared = new FaultChance(relay.Seed);
        _entering = Stage(relay, shared, end.Enter);
        _leaving = Stage(relay, shared, _leaving is { } after ? after.Take : end.Leave);
    }

    public bool Leaving(Frame frame) => Take(_leaving, frame);

    public bool Sent(Frame frame) => Take(_cable, frame);

    public bool Received(Frame frame) => Take(_entering, frame);

    private static bool Take(FaultStage? stage, Frame frame)
    {
        stage?.Take(frame);
        return stage is not null;
    }
}
