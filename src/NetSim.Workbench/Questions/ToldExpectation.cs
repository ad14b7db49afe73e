namespace NetSim.Workbench.Questions;

/// <summary>An expectation and whether it holds.</summary>
/// <param name="Text">As written in the scenario.</param>
/// <param name="Line">Where.</param>
/// <param name="Holds">Does it hold?</param>
/// <param name="Found">What the trace shows.</param>
public sealed record ToldExpectation(string Text, int Line, bool Holds, string Found);
