using System.Diagnostics;
using NUnit.Framework;

namespace NetSim.Scenarios.Tests.Wires;

/// <summary>Asks Wireshark's tshark; where it is missing the test fails and says how to get it.</summary>
internal static class Tshark
{
    /// <summary>The packets that match a display filter, one a line.</summary>
    public static string Lines(string file, string filter) =>
        Run("-n", "-r", file, "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-Y", filter);

    /// <summary>Writes the packets that match into another file.</summary>
    public static void Split(string file, string into, string filter) => Run("-n", "-r", file, "-Y", filter, "-w", into);

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("tshark", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, errors.Result);
            return output;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("tshark is missing; tests/all installs it, or: sudo apt-get install -y tshark", e);
        }
    }
}

/// <summary>Bytes as a file for another program, for as long as the test runs.</summary>
internal sealed class ShownFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netsim").FullName;

    public ShownFile(byte[] bytes)
    {
        Path = System.IO.Path.Combine(_folder, "run.pcapng");
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
