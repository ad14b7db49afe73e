using NetSim.Scenarios.Format;

namespace NetSim.Workbench.Opening;

/// <summary>Opens a scenario for a door.</summary>
public static class ScenarioOpening
{
    /// <summary>Reads and checks it.</summary>
    /// <exception cref="Model.Input.InputException">It can't be read, or says something that can't be meant.</exception>
    public static Scenario Read(string path) => ScenarioReader.ReadFile(path);
}
