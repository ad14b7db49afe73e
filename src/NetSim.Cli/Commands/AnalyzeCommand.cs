using System.CommandLine;
using NetSim.Cli.Output;
using NetSim.Workbench.Analysing;

namespace NetSim.Cli.Commands;

/// <summary>netsim analyze: what is in captures, and what is wrong in them.</summary>
internal static class AnalyzeCommand
{
    private const string Help = "Tells what captures hold and what is wrong in them: flows, protocols, TCP, DNS, ARP, ICMP, checksums. Several captures are told each for itself and together.\n\nExample: netsim analyze eth0.pcap --filter 'tcp port 80' --from 2.5 --to 10";

    /// <summary>The verb.</summary>
    public static Command Make(Door door)
    {
        var captures = new Argument<string[]>("CAPTURE") { Description = "pcap or pcapng files, plain or packed by gzip or zstd; - is standard input", Arity = ArgumentArity.OneOrMore };
        captures.Validators.Add(UsageError.NoOptionAsValue);
        var topology = new Option<string?>("--topology") { Description = "names the addresses", HelpName = "BUNDLE|SCENARIO" };
        var filter = new Option<string?>("--filter") { Description = "only packets that a BPF filter takes (needs libpcap)", HelpName = "BPF" };
        var (from, to) = (Moment("--from", "only packets from then on: seconds after the first, a Unix time, or 2024-11-02T13:50:35Z"), Moment("--to", "only packets up to then"));
        var follow = new Option<bool>("--follow") { Description = "go on with what is written to the file, until Ctrl-C" };
        var streams = new Option<int>("--streams") { Description = "how many streams JSON lists singly", HelpName = "N", DefaultValueFactory = _ => 300 };
        streams.Validators.Add(r => { if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out int n) || n < 0)) r.AddError("--streams should be a number such as 300"); });
        var (format, quiet) = (SharedOptions.Format(), SharedOptions.Quiet());
        var command = new Command("analyze", Help) { captures, topology, filter, from, to, follow, streams, format, quiet };
        command.SetAction(r =>
        {
            bool json = r.GetValue(format) == "json";
            using var progress = new ProgressLine(door, !r.GetValue(quiet));
            bool silent = json || r.GetValue(quiet);
            var analysed = CaptureAnalysing.Run(new AnalysisWish
            {
                Paths = r.GetValue(captures)!,
                Topology = r.GetValue(topology),
                Filter = r.GetValue(filter),
                From = r.GetValue(from) is { } f ? CaptureMoment.Parse(f) : null,
                To = r.GetValue(to) is { } t ? CaptureMoment.Parse(t) : null,
                Follow = r.GetValue(follow),
                Streams = r.GetValue(streams),
                Progress = progress.Show,
                Idle = silent ? null : Renewed(door),
            }, door.Interrupted);
            progress.Clear();
            if (!r.GetValue(quiet)) door.Warn(analysed.Warnings);
            if (json) door.Out.WriteLine(AnalysisJson.Of(analysed));
            else AnalysisText.Write(door, analysed);
            return analysed.IsInterrupted ? ExitCode.Interrupted : ExitCode.Yes;
        });
        return command;
    }

    /// <summary>On a terminal, a followed capture is told anew when it grew.</summary>
    private static Action<AnalysedCapture>? Renewed(Door door)
    {
        if (!door.Progress || !door.Colour) return null;
        long told = -1;
        return capture =>
        {
            if (capture.Statistics.Packets == told) return;
            told = capture.Statistics.Packets;
            door.Out.Write("\u001b[H\u001b[2J");
            AnalysisText.Write(door, capture);
        };
    }

    private static Option<string?> Moment(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "TIME" };
        option.Validators.Add(r => { if (r.Tokens.Count > 0 && CaptureMoment.Parse(r.Tokens[0].Value) is null) r.AddError($"{name} {r.Tokens[0].Value}: a time such as 2.5, 1730555435 or 2024-11-02T13:50:35Z was expected"); });
        return option;
    }
}
