using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Wire.Inspection;

namespace NetSim.Workbench.Questions;

/// <summary>Holds expectations against what the trace shows.</summary>
internal sealed class ExpectationJudge
{
    private readonly Trace _trace;
    private readonly Topology _topology;
    private readonly SortedDictionary<int, PacketFate> _fates = [];

    /// <summary>A judge of a trace and the state at its end.</summary>
    public ExpectationJudge(Trace trace, Topology topology)
    {
        (_trace, _topology) = (trace, topology);
        foreach (var (_, row) in trace.Rows()) if (row.Packet >= 0) Note(row);
    }

    /// <summary>Judges one expectation.</summary>
    public ToldExpectation Judge(Expectation e) => e.Outcome is ExpectedOutcome.Resolved or ExpectedOutcome.Unresolved ? Naming(e) : Traffic(e);

    private void Note(TraceRow row)
    {
        var place = _trace.Places[row.Place];
        if (!_fates.TryGetValue(row.Packet, out var fate)) _fates.Add(row.Packet, fate = new PacketFate { From = place.Namespace });
        if (fate.Flow is null && TraceReading.FrameOf(row) is var frame and >= 0) Read(fate, frame);
        switch (row.Kind)
        {
            case StepKind.Delivered: fate.Taken.Add((place.Namespace, _trace.Detail(row.A) as SocketDetail)); break;
            case StepKind.Translated when _trace.Detail(row.A) is TranslationDetail t: fate.Destinations.Add((t.After.Destination, t.After.DestinationPort)); break;
            case StepKind.Dropped when (DropReason)row.A is DropReason.NoSocket or DropReason.Rejected: fate.RefusedIn = place.Namespace; break;
            case StepKind.Dropped when (DropReason)row.A is not DropReason.OtherHost: fate.Died = DropStory.Sentence(_trace, row); break;
        }
    }

    private void Read(PacketFate fate, int frame)
    {
        if (!FrameReading.TryReadFlow(_trace.Packets.Bytes(frame), _trace.Packets.LinkType(frame), out var flow)) return;
        fate.Flow = flow;
        fate.Destinations.Add((flow.Destination, flow.DestinationPort));
    }

    private ToldExpectation Traffic(Expectation e)
    {
        IReadOnlyList<string> from = Spaces(e.From), to = Spaces(e.To);
        var addresses = Addresses(e.To, to);
        var sent = _fates.Values.Where(f => from.Contains(f.From) && f.Flow is { } flow && Means(e, f, flow, addresses)).ToList();
        if (sent.Count == 0) return Told(e, false, $"{e.From} sent nothing to {End(e)}");
        var taken = sent.Where(f => f.Taken.Exists(t => IsAt(t.Namespace, to, e) && (e.Port is null || t.Socket is null || t.Socket.Port == e.Port || f.Destinations.Exists(d => d.Port == e.Port)))).ToList();
        var refused = sent.Where(f => f.RefusedIn is not null).ToList();
        bool holds = e.Outcome switch
        {
            ExpectedOutcome.Delivered => taken.Count > 0,
            ExpectedOutcome.Refused => refused.Count > 0 && taken.Count == 0,
            _ => taken.Count == 0 && refused.Count == 0,
        };
        return Told(e, holds, taken.Count > 0 ? $"{taken.Count} of {sent.Count} packets arrived" : refused.Count > 0 ? $"refused in {refused[0].RefusedIn}" : sent.Find(f => f.Died is not null)?.Died ?? "none arrived");
    }

    /// <summary>Was it sent to this end: to one of its addresses, or to what a translation made of another?</summary>
    private static bool Means(Expectation e, PacketFate f, FlowKey flow, IReadOnlyList<IpAddress> addresses)
    {
        bool echo = flow.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;
        if (e.Port is not null && echo) return false;
        return f.Destinations.Exists(d => addresses.Contains(d.Address) && (e.Port is null || d.Port == e.Port));
    }

    private ToldExpectation Naming(Expectation e)
    {
        string asked = e.To.TrimEnd('.');
        var heard = Spaces(e.From).Select(s => new DnsHearing(_trace, s, asked)).ToList();
        var answers = heard.Find(h => h.Answered) ?? heard.Find(h => h.Asked) ?? heard[0];
        bool wanted = e.Outcome == ExpectedOutcome.Resolved;
        if (!answers.Asked) return Told(e, false, $"{e.From} never asked for {asked}");
        return Told(e, wanted == answers.Answered, answers.Answered ? $"{asked} is {answers.Address}" : $"no address came for {asked}");
    }

    private static bool IsAt(string taker, IReadOnlyList<string> to, Expectation e) => to.Contains(taker) || IpAddress.TryParse(e.To, out _);

    private IReadOnlyList<IpAddress> Addresses(string end, IReadOnlyList<string> spaces)
    {
        if (IpAddress.TryParse(end, out var one)) return [one];
        return spaces.SelectMany(s => _topology.Find(s)?.Interfaces ?? []).SelectMany(i => i.Addresses).Select(a => a.Address).ToList();
    }

    private IReadOnlyList<string> Spaces(string name) => EndNames.Spaces(_topology, name);

    private static ToldExpectation Told(Expectation e, bool holds, string found) => new(e.Text, e.Line, holds, found);

    private static string End(Expectation e) => e.Port is { } p ? $"{e.To}:{p}" : e.To;
}
