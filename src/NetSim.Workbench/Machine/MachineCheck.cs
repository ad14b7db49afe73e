using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NetSim.Workbench.Machine;

/// <summary>Looks at this machine for what NetSim can use.</summary>
public static class MachineCheck
{
    private const int CapNetRaw = 13;
    private static readonly string[] PcapNames = ["libpcap.so.0.8", "libpcap.so.1", "libpcap.so"];

    /// <summary>All that is looked at, the needed first.</summary>
    public static IReadOnlyList<MachineFinding> All() => [Runtime(), Pcap(), CaptureRight(), UserNamespaces(), Ffmpeg(), Tshark(), DockerEngine()];

    private static MachineFinding Runtime()
    {
        bool right = Environment.Version.Major >= 10;
        return new(".NET", right, $"runtime {Environment.Version} on {RuntimeInformation.RuntimeIdentifier}", "everything", "see https://dot.net (dotnet-sdk-10.0)", Essential: true);
    }

    private static MachineFinding Pcap()
    {
        string? found = PcapNames.FirstOrDefault(n =>
        {
            bool there = NativeLibrary.TryLoad(n, out var handle);
            if (there) NativeLibrary.Free(handle);
            return there;
        });
        return new("libpcap", found is not null, found ?? "not there", "live capture and sending to an interface (files are read without it)", "sudo apt-get install -y libpcap0.8");
    }

    private static MachineFinding CaptureRight()
    {
        bool may = EffectiveCapabilities() is { } c && (c >> CapNetRaw & 1) == 1;
        return new("capture right", may, may ? "CAP_NET_RAW is there" : "CAP_NET_RAW is missing", "live capture", "sudo netsim capture …, or sudo setcap cap_net_raw,cap_net_admin+ep \"$(readlink -f \"$(command -v dotnet)\")\"");
    }

    private static MachineFinding UserNamespaces()
    {
        bool may = Try("unshare", "-Urn", "true") is { ExitCode: 0 };
        return new("user namespaces", may, may ? "unshare -Urn works" : "unshare -Urn does not work", "trying live capture without root", "sudo sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0");
    }

    private static MachineFinding Ffmpeg() => Program("ffmpeg", "-version", "animations as .mp4 and .webm (.webp works without it)", "sudo apt-get install -y ffmpeg");

    private static MachineFinding Tshark() => Program("tshark", "--version", "looking at the written .pcapng files by hand", "sudo apt-get install -y tshark");

    private static MachineFinding DockerEngine()
    {
        string host = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";
        string path = host.StartsWith("unix://", StringComparison.Ordinal) ? host["unix://".Length..] : "";
        string detail = path.Length == 0 ? $"DOCKER_HOST is {host}; only unix:// sockets are looked at" : Connect(path);
        return new("Docker Engine", detail.StartsWith("answers", StringComparison.Ordinal), detail, "comparing with a real engine (nothing else needs Docker)", "sudo apt-get install -y docker.io && sudo systemctl start docker");
    }

    private static string Connect(string path)
    {
        if (!File.Exists(path)) return $"no socket at {path}";
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return $"answers at {path}";
        }
        catch (SocketException e)
        {
            return $"{path}: {e.Message}";
        }
    }

    private static MachineFinding Program(string name, string version, string use, string remedy)
    {
        var answer = Try(name, version);
        string line = answer?.Output.Split('\n')[0].Trim() ?? "";
        int copyright = line.IndexOf(" Copyright", StringComparison.OrdinalIgnoreCase);
        return new(name, answer is { ExitCode: 0 }, answer is null ? "not there" : copyright > 0 ? line[..copyright] : line, use, remedy);
    }

    private static (int ExitCode, string Output)? Try(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false });
            if (process is null) return null;
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit(5000);
            return (process.HasExited ? process.ExitCode : -1, output);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ulong? EffectiveCapabilities()
    {
        try
        {
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("CapEff:", StringComparison.Ordinal));
            return ulong.TryParse(line?["CapEff:".Length..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong c) ? c : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
