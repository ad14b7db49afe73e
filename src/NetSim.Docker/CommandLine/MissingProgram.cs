using NetSim.Docker.Engine;

namespace NetSim.Docker.CommandLine;

/// <summary>What `docker exec` says when the container has no such program: on standard output, with 126, since 28 with 127 and without the last word.
/// Source: recorded of 20.10.24, 26.1.5 and 28.5.2, `docker exec c1 nosuchcommand`.</summary>
public static class MissingProgram
{
    /// <summary>The exit code and the text on standard output.</summary>
    public static (int ExitCode, string Output) Of(EngineVersion version, string program)
    {
        bool since28 = version.AtLeast(28);
        string text = $"OCI runtime exec failed: exec failed: unable to start container process: exec: \"{program}\": executable file not found in $PATH";
        return (since28 ? 127 : 126, text + (since28 ? "" : ": unknown") + "\r\n");
    }
}
