using System.Text.RegularExpressions;
using NetSim.Capture.Files;
using NUnit.Framework;

namespace NetSim.Tests.Capture.Live;

/// <summary>netsim capture as a user calls it, on a veth pair in a network namespace that each test makes.</summary>
public sealed partial class CaptureVerbTests
{
    private string _folder = "";

    private string Out => Path.Combine(_folder, "out.pcapng");

    private string Log => Path.Combine(_folder, "log");

    [SetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory("netsim-live").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Ctrl_C_ends_a_capture_with_everything_written()
    {
        var run = Run($"""
            {Veth.Netsim} capture -a duration:60 -i b0 -w '{Out}' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(3000)}
            kill -INT $p; {Veth.Ended(Log)}
            """);

        Assert.That((run.Code, run.Output.Split('\n')[0]), Is.EqualTo((130, "b0: 3000 received, 0 dropped by the kernel, 0 by the interface, 3000 written")), run.Output);
        Assert.That(Read(Out), Has.Count.EqualTo(3000));
    }

    [Test]
    public void What_comes_after_the_number_asked_for_is_told()
    {
        var run = Run($"""
            {Veth.Netsim} capture -a duration:60 -i b0 -c 100 -w '{Out}' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(2000)}
            {Veth.Ended(Log)}
            """);

        var told = Counts().Match(run.Output).Groups.Values.Skip(1).Select(g => long.Parse(g.Value)).ToArray();
        Assert.That((run.Code, Read(Out).Count, told[1]), Is.EqualTo((0, 100, 100L)), run.Output);
        Assert.That(told[0], Is.EqualTo(told[1] + told[2]), run.Output);
    }

    [Test]
    public void A_ring_of_files_keeps_the_last()
    {
        var run = Run($"""
            {Veth.Netsim} capture -a duration:60 -i b0 -c 500 -b packets:100 -b files:2 -w '{Out}' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(500)}
            {Veth.Ended(Log)}
            """);

        var files = Directory.GetFiles(_folder, "*.pcapng").Order(StringComparer.Ordinal).ToList();
        Assert.That(files.Select(f => RingName().Replace(Path.GetFileName(f), "$1_TIME")), Is.EqualTo(new[] { "out_00004_TIME.pcapng", "out_00005_TIME.pcapng" }), run.Output);
        Assert.That(files.Select(f => Read(f).Count), Is.EqualTo(new[] { 100, 100 }));
    }

    [Test]
    public void A_file_is_followed_by_another_at_its_size()
    {
        Run($"""
            {Veth.Netsim} capture -a duration:60 -i b0 -c 300 -b filesize:10 -w '{Out}' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(300, 200)}
            {Veth.Ended(Log)}
            """);

        var files = Directory.GetFiles(_folder, "*.pcapng").Order(StringComparer.Ordinal).ToList();
        Assert.That(files.Sum(f => Read(f).Count), Is.EqualTo(300));
        Assert.That(files.SkipLast(1).Select(f => new FileInfo(f).Length), Is.All.InRange(10_000, 10_800));
    }

    [Test]
    public void A_snap_length_cuts_what_is_kept_and_not_what_is_told()
    {
        var run = Run($"""
            {Veth.Netsim} capture -a duration:60 -i b0 -c 5 -s 60 -w '{Out}' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(5, 500)}
            {Veth.Ended(Log)}
            """);

        Assert.That(Read(Out).Select(p => (p.Bytes.Length, p.OriginalLength)), Is.All.EqualTo((60, 542)), run.Output);
    }

    [Test]
    public void Another_namespace_is_captured_in_by_its_file()
    {
        var run = Run($"""
            unshare -n sleep 60 & other=$!
            until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
            ip link set b0 netns $other && nsenter -t $other -n ip link set b0 up
            {Veth.Netsim} capture -a duration:60 -i b0 --netns /proc/$other/ns/net -c 20 -w '{Out}' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(20)}
            {Veth.Ended(Log)}; rc=$?
            kill $other
            exit $rc
            """);

        Assert.That((run.Code, Read(Out).Count), Is.EqualTo((0, 20)), run.Output);
    }

    [Test]
    public void An_interface_that_is_removed_ends_the_capture_with_a_word()
    {
        var run = Run($"""
            {Veth.Netsim} capture -a duration:60 -i b0 -w '{Out}' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(10)}
            ip link del a0
            {Veth.Ended(Log)}
            """);

        Assert.That((run.Code, Read(Out).Count), Is.EqualTo((0, 10)), run.Output);
        Assert.That(run.Output, Does.Contain("warning: the interface b0 was removed while it was captured on\n"));
    }

    [Test]
    public void A_reader_that_stands_still_loses_no_packet()
    {
        var run = Run($"""
            mkfifo '{_folder}/pipe'
            (exec 3<'{_folder}/pipe'; sleep 1; cat <&3 >'{Out}') & reader=$!
            {Veth.Netsim} capture -a duration:60 -i b0 -c 20000 -w '{_folder}/pipe' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(20000, 1000)}
            {Veth.Ended(Log)}; rc=$?
            wait $reader
            exit $rc
            """);

        Assert.That((run.Code, Read(Out).Count), Is.EqualTo((0, 20_000)), run.Output);
    }

    [Test]
    public void Without_a_file_every_packet_is_a_line_at_once()
    {
        var run = Run($"""
            {Veth.Netsim} capture -a duration:60 -i b0 -c 1 >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(1)}
            {Veth.Ended(Log)}
            """);

        Assert.That(Clock().Replace(run.Output, "TIME").Split('\n')[0], Is.EqualTo("TIME in udp 10.9.0.1:TIME > 10.9.0.9:7777 4 bytes to 7777 (46 bytes)"), run.Output);
    }

    [Test]
    public void What_is_not_there_is_told_with_what_is()
    {
        var run = Run($"{Veth.Netsim} capture -i c0 -w '{Out}'");

        Assert.That(run, Is.EqualTo((4, "netsim: There is no interface \"c0\"; there are a0, any, b0, lo.\n")));
    }

    [Test]
    public void An_interface_that_is_down_is_told_with_what_mends_it()
    {
        var run = Run($"ip link set b0 down; {Veth.Netsim} capture -a duration:60 -i b0 -w '{Out}'");

        Assert.That(run, Is.EqualTo((4, "netsim: The interface b0 is down. Mend it with: sudo ip link set b0 up\n")));
    }

    [Test]
    public void A_missing_right_is_named_with_what_gives_it()
    {
        var run = Run($"setpriv --bounding-set=-net_raw,-net_admin --inh-caps=-net_raw,-net_admin {Veth.Netsim} capture -i a0 -w '{Out}'");

        Assert.That((run.Code, run.Output), Is.EqualTo((4, "netsim: Capturing on a0 needs the right CAP_NET_RAW. Mend it with: run it with sudo, or with that right alone: sudo setpriv --reuid=$(id -u) --regid=$(id -g) --init-groups --inh-caps=+net_raw --ambient-caps=+net_raw netsim ...\n")));
    }

    [Test]
    public void That_right_alone_is_enough()
    {
        var run = Run($"""
            setpriv --bounding-set=-all,+net_raw --inh-caps=-all,+net_raw {Veth.Netsim} capture -a duration:60 -i b0 -c 5 -w '{Out}' >'{Log}' 2>&1 & p=$!
            {Veth.Begun(Log)}
            {Veth.Send(5)}
            {Veth.Ended(Log)}
            """);

        Assert.That((run.Code, Read(Out).Count), Is.EqualTo((0, 5)), run.Output);
    }

    [Test]
    public void A_filter_that_is_none_is_told_with_what_is_wrong()
    {
        var run = Run($"{Veth.Netsim} capture -a duration:60 -i b0 -f 'tcp pport 80' -w '{Out}'");

        Assert.That(run.Code, Is.EqualTo(3), run.Output);
        Assert.That(run.Output, Does.StartWith("netsim: filter: \"tcp pport 80\" is none ("));
    }

    [Test]
    public void A_place_that_can_not_be_written_is_told_before_anything_is_captured()
    {
        var run = Run($"{Veth.Netsim} capture -a duration:60 -i b0 -w /nowhere/out.pcapng");

        Assert.That(run.Code, Is.EqualTo(3), run.Output);
        Assert.That(run.Output, Does.StartWith("netsim: /nowhere/out.pcapng: can't be written"));
    }

    private static (int Code, string Output) Run(string script) => Sandbox.Run($"{Veth.Make}\n{script}");

    private static List<Samples.Packet> Read(string file)
    {
        using var reader = CaptureReader.Open(file);
        return Samples.ReadAll(reader);
    }

    [GeneratedRegex(@"b0: (\d+) received, 0 dropped by the kernel, 0 by the interface, (\d+) written, (\d+) after the last")]
    private static partial Regex Counts();

    [GeneratedRegex(@"^(\w+_\d+)_\d{14}")]
    private static partial Regex RingName();

    [GeneratedRegex(@"\d\d:\d\d:\d\d\.\d{6}|(?<=10\.9\.0\.1:)\d+")]
    private static partial Regex Clock();
}
