using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Workbench.Live;

namespace NetSim.Cli.Commands;

/// <summary>netsim capture: live interfaces into a file, or before one's eyes.</summary>
internal static class CaptureCommand
{
    private const string Help = "Captures live interfaces into a file until Ctrl-C, a number of packets or a time, and tells what was received, lost and written.\n\nExample: netsim capture -i eth0 -w eth0.pcapng -a duration:10";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var interfaces = new Option<string[]>("-i") { Description = "an interface, or any; may be given several times", HelpName = "IF", Required = true };
        var file = new Option<string?>("-w") { Description = "where to; .pcapng, or .pcap for one interface; - is standard output", HelpName = "FILE" };
        var filter = new Option<string>("-f") { Description = "a BPF filter as tcpdump takes it (needs libpcap)", HelpName = "BPF", DefaultValueFactory = _ => "" };
        var count = Number<long?>("-c", "end after so many packets", "N", 1);
        var snap = Number<int?>("-s", "keep so many bytes of a packet", "BYTES", 1);
        var buffer = Number<int?>("-B", "MiB in the kernel for each interface; 64 if not given", "MiB", 1);
        var end = CaptureLimit.Option("-a", "end after so long, so many bytes, files or packets", "duration:S|filesize:KB|files:N|packets:N");
        var ring = CaptureLimit.Option("-b", "go on in another file after so many bytes, so long or so many packets, and keep N files", "filesize:KB|duration:S|packets:N|files:N");
        var netns = new Option<string?>("--netns") { Description = "capture in this network namespace", HelpName = "NAME" };
        var container = new Option<string?>("--container") { Description = "capture in this running container", HelpName = "NAME" };
        var own = new Option<bool>("-p") { Description = "only what the interface itself takes: not promiscuous" };
        var print = new Option<bool>("--print") { Description = "a line for each packet as it comes; so also without -w" };
        var (format, quiet) = (SharedOptions.Format(), SharedOptions.Quiet());
        var command = new Command("capture", Help) { interfaces, file, filter, count, end, ring, snap, buffer, own, netns, container, print, format, quiet };
        command.Validators.Add(r =>
        {
            if (r.GetValue(netns) is not null && r.GetValue(container) is not null) r.AddError("--netns and --container both say where to capture; give one");
            if (r.GetResult(ring) is not null && r.GetValue(file) is null or "-") r.AddError("-b needs -w FILE");
        });
        command.SetAction(r =>
        {
            bool shows = r.GetValue(print) || r.GetValue(file) is null, json = r.GetValue(format) == "json";
            using var told = new CaptureReport(door, r.GetValue(file) == "-" || json && shows ? door.Error : door.Out, !r.GetValue(quiet) && !shows);
            var outcome = LiveRecording.Run(Wish(r, told, shows), door.Interrupted);
            told.Tell(outcome, json);
            return door.Interrupted.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Yes;
        });
        return command;

        LiveWish Wish(ParseResult r, CaptureReport told, bool shows) => new()
        {
            Interfaces = r.GetValue(interfaces)!,
            Path = r.GetValue(file),
            Filter = r.GetValue(filter)!,
            SnapLength = r.GetValue(snap) ?? 262_144,
            BufferMegabytes = r.GetValue(buffer) ?? 64,
            Promiscuous = !r.GetValue(own),
            Namespace = r.GetValue(netns),
            Container = r.GetValue(container),
            End = CaptureLimit.End(r.GetValue(end), r.GetValue(count)),
            Ring = CaptureLimit.Ring(r.GetValue(ring)),
            Begun = r.GetValue(quiet) ? null : () => door.Error.WriteLine($"capturing on {string.Join(", ", r.GetValue(interfaces)!)}; Ctrl-C ends it"),
            Line = shows ? told.Line : null,
            Progress = told.Progress,
        };
    }

    private static Option<T> Number<T>(string name, string description, string help, long least)
    {
        var option = new Option<T>(name) { Description = description, HelpName = help };
        option.Validators.Add(r => { if (r.Tokens.Count > 0 && (!long.TryParse(r.Tokens[0].Value, out long n) || n < least || n > int.MaxValue && typeof(T) == typeof(int?))) r.AddError($"{name} {r.Tokens[0].Value}: a number from {least} on was expected"); });
        return option;
    }
}
