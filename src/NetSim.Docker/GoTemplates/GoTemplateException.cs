namespace NetSim.Docker.GoTemplates;

/// <summary>A template that is none, or that fails on the data; the message is the docker client's: "template parsing error: template: :1:2: …".</summary>
/// <param name="problem">Go's own text, beginning with "template: ".</param>
public sealed class GoTemplateException(string problem) : Exception($"template parsing error: {problem}");
