using System.Globalization;
using NetSim.Docker.Compose;
using NetSim.Model.Addressing;
using NetSim.Model.Input;

namespace NetSim.Scenarios.Format;

/// <summary>Follows the names of networks and containers through the docker lines of a scenario, so that a typo is found before anything runs.</summary>
internal sealed class ScenarioCheck
{
    private readonly string _file;
    private readonly List<string> _networks = ["bridge", "host", "none", "default"];
    private readonly List<string> _containers = [];
    private readonly HashSet<string> _everContainers = new(StringComparer.Ordinal);
    private bool _unnamed;
    private bool _byCompose;
    private bool _isProject;

    private ScenarioCheck(string file) => _file = file;

    /// <summary>Checks steps, then expectations.</summary>
    /// <exception cref="InputException">A name is used that is not declared, or declared twice.</exception>
    public static void Check(Scenario scenario)
    {
        var check = new ScenarioCheck(scenario.File);
        if (scenario.Project is { } project) check.Know(project);
        foreach (var step in scenario.Steps)
        {
            if (step is ScenarioStep.Docker { MayFail: false } d) check.Docker(d);
            if (step is ScenarioStep.Fault f)
                foreach (string end in f.Plan.Ends.Where(e => e is not ("host" or "outside"))) check.Container(f.Line, end);
        }
        foreach (var e in scenario.Expectations) check.Expect(e);
    }

    /// <summary>What a Compose project has made when the steps begin; its services are ends too, also as project/service.</summary>
    private void Know(ComposeProject project)
    {
        _isProject = true;
        _networks.AddRange(project.NetworkNames);
        _containers.AddRange(project.ContainerNames.Select(c => c.Container));
        foreach (var (service, container) in project.ContainerNames) _everContainers.UnionWith([service, $"{project.Name}/{service}", container]);
    }

    private void Docker(ScenarioStep.Docker step)
    {
        var line = DockerWords.Of(step.Arguments);
        if (line.Verb.StartsWith("compose ", StringComparison.Ordinal) && (!_isProject || step.Arguments.Any(a => a is "-f" or "--file"))) _byCompose = _unnamed = true;
        switch (line.Verb)
        {
            case "network create": Create(step.Line, _networks, line.Operands.LastOrDefault(), "network"); break;
            case "network connect" or "network disconnect" when line.Operands.Count == 2:
                Network(step.Line, line.Operands[0]);
                Container(step.Line, line.Operands[1]);
                break;
            case "network rm" or "network remove": foreach (string n in line.Operands) Remove(step.Line, _networks, n, Network); break;
            case "network inspect": foreach (string n in line.Operands) Network(step.Line, n); break;
            case "run" or "create" or "container run" or "container create": Run(step.Line, line); break;
            case "rm" or "container rm": foreach (string n in line.Operands) Remove(step.Line, _containers, n, Container); break;
            case "rename" when line.Operands.Count == 2: Rename(step.Line, line.Operands[0], line.Operands[1]); break;
            case "exec" or "port" or "logs" or "container exec" or "container port": if (line.Operands.Count > 0) Container(step.Line, line.Operands[0]); break;
            case "start" or "stop" or "restart" or "kill" or "pause" or "unpause" or "wait": foreach (string n in line.Operands) Container(step.Line, n); break;
        }
    }

    private void Run(int number, DockerWords line)
    {
        foreach (string n in line.Values("--network", "--net"))
        {
            if (n.StartsWith("container:", StringComparison.Ordinal)) Container(number, n["container:".Length..]);
            else Network(number, n.StartsWith("name=", StringComparison.Ordinal) ? n.Split(',')[0]["name=".Length..] : n);
        }
        foreach (string l in line.Values("--link")) Container(number, l.Split(':')[0]);
        string? name = line.Values("--name").LastOrDefault();
        if (name is null) _unnamed = true;
        else Create(number, _containers, name, "container");
        if (line.Switch("--rm") && name is not null && !line.Switch("-d", "--detach")) _containers.Remove(name);
    }

    private void Create(int number, List<string> names, string? name, string what)
    {
        if (name is null) return;
        if (names.Contains(name)) throw Wrong(number, $"{what} \"{name}\" is there already; give it another name, or remove the first one before");
        names.Add(name);
        if (what == "container") _everContainers.Add(name);
    }

    private void Rename(int number, string from, string to)
    {
        Container(number, from);
        _containers.Remove(from);
        Create(number, _containers, to, "container");
    }

    private static void Remove(int number, List<string> names, string name, Action<int, string> known)
    {
        known(number, name);
        names.Remove(name);
    }

    private void Network(int number, string name)
    {
        if (_byCompose || IsId(name) || _networks.Contains(name)) return;
        throw Wrong(number, $"network \"{name}\" is not declared{Hint(name, _networks, "docker network create " + name)}");
    }

    private void Container(int number, string name)
    {
        if (_unnamed || IsId(name) || _containers.Contains(name.TrimStart('/'))) return;
        throw Wrong(number, $"container \"{name}\" is not declared{Hint(name, _containers, "docker run --name " + name + " …")}");
    }

    private void Expect(Expectation e)
    {
        string[] places = ["host", "outside", .. _everContainers.Order(StringComparer.Ordinal)];
        bool named = e.Outcome is ExpectedOutcome.Resolved or ExpectedOutcome.Unresolved;
        foreach (string end in named ? [e.From] : new[] { e.From, e.To })
        {
            if (_unnamed || places.Contains(end) || IpAddress.TryParse(end, out _)) continue;
            throw Wrong(e.Line, $"the expectation names \"{end}\", which is no container of this scenario{Suggestion.For(end, places)}");
        }
    }

    private static string Hint(string name, List<string> known, string otherwise) =>
        Suggestion.For(name, known) is { Length: > 0 } s ? s : $"; a step before should make it: {otherwise}";

    private static bool IsId(string name) => name.Contains("$(") || (name.Length is 12 or 64 && name.All(char.IsAsciiHexDigitLower));

    private InputException Wrong(int number, string problem) => new(_file, number.ToString(CultureInfo.InvariantCulture), problem);
}
