namespace NetSim.Model.Tracing;

/// <summary>Why a rule, route, address or name is there: the docker object and option that made it, and the rule of the model that says so.</summary>
/// <param name="Object">"network app", "container webapp", "daemon"; empty when it is not Docker's.</param>
/// <param name="Option">What asked for it: "-p 4567", "icc=false"; empty when it always comes with the object.</param>
/// <param name="Rule">The rule of the model: "published-port-dnat".</param>
public sealed record Origin(string Object, string Option, string Rule)
{
    /// <summary>Not made by Docker, or by nobody known.</summary>
    public static Origin NotDockers { get; } = new("", "", "");

    /// <summary>Made by the kernel by itself (a connected route, a permanent FDB entry).</summary>
    public static Origin Kernel { get; } = new("kernel", "", "");

    /// <summary>"container webapp, -p 4567".</summary>
    public override string ToString() => Object.Length == 0 ? "not Docker's" : Option.Length == 0 ? Object : $"{Object}, {Option}";
}
