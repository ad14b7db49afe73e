using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NetSim.Cli.Output;
using NetSim.Workbench.Opening;

namespace NetSim.Cli.Commands;

/// <summary>netsim capture: live interfaces into a file.</summary>
internal static class CaptureCommand
{
    private const string Help = "Captures live interfaces into a file until Ctrl-C, a number of packets or a time.\n\nExample: netsim capture -i eth0 -w eth0.pcapng -a duration:10";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var interfaces = new Option<string[]>("-i") { Description = "an interface; may be given several times", HelpName = "IF", Required = true };
        var file = new Option<string>("-w") { Description = "where to; .pcapng, or .pcap for one interface", HelpName = "FILE", Required = true };
        var filter = new Option<string>("-f") { Description = "a BPF filter as tcpdump takes it", HelpName = "BPF", DefaultValueFactory = _ => "" };
        var count = new Option<long?>("-c") { Description = "end after so many packets", HelpName = "N" };
        var stop = new Option<string?>("-a") { Description = "end after so long", HelpName = "duration:SECONDS" };
        stop.Validators.Add(r => { if (r.Tokens.Count > 0 && Seconds(r.Tokens[0].Value) is null) r.AddError("-a should read like duration:10"); });
        var buffer = new Option<int>("-B") { Description = "MiB in the kernel for each interface", HelpName = "MiB", DefaultValueFactory = _ => 64 };
        var netns = new Option<string?>("--netns") { Description = "capture in this network namespace", HelpName = "NAME" };
        var (format, quiet) = (SharedOptions.Format(), SharedOptions.Quiet());
        var command = new Command("capture", Help) { interfaces, file, filter, count, stop, buffer, netns, format, quiet };
        command.SetAction(r =>
        {
            var wish = new LiveWish
            {
                Interfaces = r.GetValue(interfaces)!,
                Filter = r.GetValue(filter)!,
                Count = r.GetValue(count),
                Duration = r.GetValue(stop) is { } s ? TimeSpan.FromSeconds(Seconds(s)!.Value) : null,
                BufferMegabytes = r.GetValue(buffer),
                Namespace = r.GetValue(netns),
            };
            Tell(door, LiveRecording.Write(wish, r.GetValue(file)!, door.Interrupted), r.GetValue(file)!, r.GetValue(format) == "json");
            return door.Interrupted.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Yes;
        });
        return command;
    }

    private static double? Seconds(string text) =>
        text.StartsWith("duration:", StringComparison.Ordinal) && double.TryParse(text["duration:".Length..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double s) && s is > 0 and < 1e8 ? s : null;

    private static void Tell(Door door, IReadOnlyList<LiveTally> tallies, string file, bool json)
    {
        if (json)
        {
            door.Out.WriteLine(JsonSerializer.Serialize(new { file, interfaces = tallies }, JsonAnswer.Options));
            return;
        }
        foreach (var t in tallies) door.Out.WriteLine($"{t.Interface}: {t.Received} received, {t.DroppedByKernel} dropped by the kernel, {t.DroppedByInterface} by the interface, {t.Written} written");
        door.Out.WriteLine($"wrote {file}");
    }
}
