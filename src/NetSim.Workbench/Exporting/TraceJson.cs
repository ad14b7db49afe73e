using System.Text.Json;
using NetSim.Model.Tracing;
using NetSim.Wire.Inspection;

namespace NetSim.Workbench.Exporting;

/// <summary>A trace as JSON lines: one event a line, {n, t_ns, packet?, ns, if?, step|change: {kind, …}}.</summary>
public static class TraceJson
{
    /// <summary>Writes all events in order.</summary>
    public static void Write(ITraceReader trace, Stream target)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var e in trace.Events())
        {
            Write(json, trace, e);
            json.Flush();
            json.Reset();
            target.WriteByte((byte)'\n');
        }
    }

    private static void Write(Utf8JsonWriter json, ITraceReader trace, TraceEvent e)
    {
        json.WriteStartObject();
        json.WriteNumber("n", e.Number);
        json.WriteNumber("t_ns", e.Time.Nanoseconds);
        if (e.Packet.Value >= 0) json.WriteNumber("packet", e.Packet.Value);
        json.WriteString("ns", e.Place.Namespace);
        if (e.Place.Interface is { } name) json.WriteString("if", name);
        json.WritePropertyName(e.Step is null ? "change" : "step");
        json.WriteStartObject();
        if (e.Step is { } step) Step(json, trace, step);
        else Change(json, e.Change!);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Step(Utf8JsonWriter json, ITraceReader trace, Step step)
    {
        json.WriteString("kind", step.GetType().Name.ToLowerInvariant());
        switch (step)
        {
            case Step.Originated s: Socket(json, s.Socket); break;
            case Step.Delivered s: Socket(json, s.Socket); break;
            case Step.Received s:
                Frame(json, trace, s.Frame);
                if (s.OnlyTap) json.WriteBoolean("only_tap", true);
                break;
            case Step.Transmitted s: Frame(json, trace, s.Frame); break;
            case Step.Seen s: Frame(json, trace, s.Frame); break;
            case Step.Filtered s: Filter(json, s.Detail); break;
            case Step.Translated s: Translation(json, s.Detail); break;
            case Step.Switched s: Switched(json, s); break;
            case Step.Routed s: Route(json, s.Detail); break;
            case Step.Dropped s: Dropped(json, s); break;
            case Step.Queued s: json.WriteNumber("before", s.Before); break;
            case Step.Lost s: json.WriteNumber("packets", s.Packets); break;
            case Step.Faulted s: Faulted(json, s); break;
        }
    }

    private static void Socket(Utf8JsonWriter json, SocketDetail s)
    {
        json.WriteString("protocol", Model.Packets.IpProtocolNames.ToName(s.Protocol));
        json.WriteString("address", s.Address.ToString());
        json.WriteNumber("port", s.Port.Number);
        json.WriteString("program", s.Program);
    }

    private static void Frame(Utf8JsonWriter json, ITraceReader trace, int frame)
    {
        if (frame < 0) return;
        var summary = FrameReading.Summarise(trace.Packets.Bytes(frame), trace.Packets.LinkType(frame));
        json.WriteNumber("length", trace.Packets.OriginalLength(frame));
        if (summary.Flow is { } flow) json.WriteString("flow", flow.ToString());
        json.WriteString("text", summary.Text);
    }

    private static void Filter(Utf8JsonWriter json, FilterDetail d)
    {
        json.WriteString("hook", d.Hook.ToString().ToLowerInvariant());
        json.WriteString("table", d.Table);
        json.WriteString("chain", d.Chain);
        json.WriteNumber("rule", d.RuleNumber);
        json.WriteString("text", d.RuleText);
        json.WriteString("verdict", d.Verdict);
        json.WriteString("origin", d.Origin.ToString());
    }

    private static void Translation(Utf8JsonWriter json, TranslationDetail d)
    {
        json.WriteString("before", d.Before.ToString());
        json.WriteString("after", d.After.ToString());
        if (d.Rule is not { } rule) return;
        json.WriteString("chain", rule.Chain);
        json.WriteString("text", rule.RuleText);
    }

    private static void Route(Utf8JsonWriter json, RouteDetail d)
    {
        json.WriteString("route", d.Route);
        if (d.Interface is { } i) json.WriteString("interface", i);
        if (d.NextHop is { } hop) json.WriteString("via", hop.ToString());
    }

    private static void Switched(Utf8JsonWriter json, Step.Switched s)
    {
        if (s.ToHost) json.WriteString("port", "host");
        else json.WriteString("port", s.Port?.Interface ?? "all");
        json.WriteBoolean("known", s.Known);
    }

    private static void Faulted(Utf8JsonWriter json, Step.Faulted s)
    {
        json.WriteString("fault", JsonNamingPolicy.SnakeCaseLower.ConvertName(s.Kind.ToString()));
        if (s.Delay > TimeSpan.Zero) json.WriteNumber("delay_ns", s.Delay.Ticks * 100);
    }

    private static void Dropped(Utf8JsonWriter json, Step.Dropped s)
    {
        json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(s.Reason.ToString()));
        if (s.Detail is FilterDetail f) Filter(json, f);
        else if (s.Detail is not null) json.WriteString("detail", s.Detail.ToString());
    }

    private static void Change(Utf8JsonWriter json, Change change)
    {
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(change.GetType().Name));
        using var fields = JsonSerializer.SerializeToDocument(change, change.GetType(), ValueJson.Options);
        foreach (var f in fields.RootElement.EnumerateObject())
        {
            if (f.Name is "place" or "origin") continue;
            json.WritePropertyName(f.Name == "kind" ? "namespace_kind" : f.Name);
            f.Value.WriteTo(json);
        }
        if (change.Origin.Object.Length > 0) json.WriteString("origin", change.Origin.ToString());
    }
}
