using NetSim.Model.Packets;

namespace NetSim.Rendering.Stories;

/// <summary>Which packets say again what was said before: TCP segments whose bytes were sent already, and DNS questions that are asked again.</summary>
internal static class Retransmissions
{
    /// <summary>The numbers of the packets.</summary>
    public static HashSet<int> Of(TraceIndex index)
    {
        var again = new HashSet<int>();
        var next = new Dictionary<FlowKey, uint>();
        var asked = new HashSet<(FlowKey, string)>();
        foreach (var e in index.Shown)
        {
            if (e.Summary.Class == Wire.Inspection.PacketClass.Dns && e.Summary.Flow is { Protocol: IpProtocol.Udp } q)
            {
                if (!e.Summary.Text.EndsWith('?')) asked.RemoveWhere(a => a.Item1 == q.Reversed);
                else if (!asked.Add((q, e.Summary.Text))) again.Add(e.Packet);
                continue;
            }
            if (!TcpSegment.TryRead(index, e, out var s) || s.Span == 0) continue;
            uint end = s.Sequence + (uint)s.Span;
            bool begins = s.Has(Wire.Decoding.TcpFlags.Syn);
            bool known = next.TryGetValue(s.Flow, out uint expected);
            // A keep-alive repeats one byte that was acknowledged; it is no loss.
            if (known && (int)(end - expected) <= 0 && (!begins || end == expected) && !(s.Length <= 1 && end == expected && !begins && s.Span == s.Length)) again.Add(e.Packet);
            if (!known || begins || (int)(end - expected) > 0) next[s.Flow] = end;
        }
        return again;
    }
}
