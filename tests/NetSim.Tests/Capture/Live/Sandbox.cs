using System.Diagnostics;

namespace NetSim.Tests.Capture.Live;

/// <summary>Runs shell lines in a network namespace of their own, which ends with them, after two minutes at the latest. A user namespace gives the right where one isn't root.</summary>
internal static class Sandbox
{
    /// <summary>Exit code and everything printed.</summary>
    public static (int Code, string Output) Run(string script)
    {
        var first = Start("-Urn", script);
        return first.Output.Contains("unshare:", StringComparison.Ordinal) ? Start("-n", script) : first;
    }

    private static (int Code, string Output) Start(string flags, string script)
    {
        using var process = Process.Start(new ProcessStartInfo("timeout", ["-s", "KILL", "120", "unshare", flags, "sh", "-c", $"PATH=$PATH:/usr/sbin:/sbin; ({script}) 2>&1"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
