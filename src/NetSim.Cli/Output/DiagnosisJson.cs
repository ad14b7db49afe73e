using System.Text.Json;
using NetSim.Analysis.Findings;
using NetSim.Workbench.Diagnosing;

namespace NetSim.Cli.Output;

/// <summary>A diagnosis as one JSON document.</summary>
internal static class DiagnosisJson
{
    /// <summary>{findings: [{rule, severity, sentence, evidence, predicted?, remedy?}]}.</summary>
    public static void Write(Door door, Diagnosed diagnosed) => door.Out.WriteLine(JsonSerializer.Serialize(new { Findings = diagnosed.Findings.Select(Finding), diagnosed.Packets, diagnosed.HasModel }, JsonAnswer.Options));

    private static Dictionary<string, object?> Finding(DiagnosedFinding d)
    {
        var f = d.Finding;
        var json = new Dictionary<string, object?>(StringComparer.Ordinal) { ["rule"] = f.Rule, ["severity"] = f.Severity.ToString().ToLowerInvariant(), ["sentence"] = f.Sentence, ["evidence"] = f.Evidence.Select(Evidence) };
        if (f.Predicted is not null) json["predicted"] = f.Predicted;
        if (d.Remedy is not { } remedy) return json;
        json["remedy"] = remedy.ToString();
        if (remedy.Commands.Count > 0 && remedy.Advice.Length > 0) json["remedy_advice"] = remedy.Advice;
        json["remedy_proven"] = remedy.Proven;
        if (remedy.Proven) json["remedy_opens"] = remedy.Opens.Select(o => new { o.From, o.To, o.Protocol });
        return json;
    }

    private static Dictionary<string, object?> Evidence(Evidence e)
    {
        var json = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (e.File is not null) json["file"] = e.File;
        if (e.Packet is not null) json["packet"] = e.Packet;
        if (e.Table is not null) json["table"] = e.Table;
        if (e.Row is not null) json["row"] = e.Row;
        return json;
    }
}
