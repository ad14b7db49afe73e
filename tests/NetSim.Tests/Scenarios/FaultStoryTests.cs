using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;
using NUnit.Framework;

namespace NetSim.Tests.Scenarios;

/// <summary>Each fault that a scenario can name: what a program feels of it, what the trace shows, and that the seed makes it.</summary>
public sealed class FaultStoryTests
{
    private const string Start = """
        steps:
          - docker network create app
          - docker run -d --name web --net app lab/web
          - docker run -d --name cli --net app lab/tools sleep 1d

        """;

    private const string Pings = "docker exec cli ping -c 40 -i 0.02 -W 1 172.18.0.2";

    [TestCase("loss: 20%", "loss 20%")]
    [TestCase("cut", "cut")]
    public void What_a_link_loses_is_dropped_in_the_trace_with_the_fault_that_did_it(string fault, string words)
    {
        var run = Run(1, fault == "cut" ? "fault: { cut: web }" : $"fault: {{ on: web, {fault} }}", "run: " + Pings);

        Assert.That(run.Trace.Events().Select(e => e.Step).OfType<Step.Dropped>().Where(d => d.Reason == DropReason.Loss).Select(d => d.Detail?.ToString()).Distinct(), Is.EqualTo(new[] { words }));
    }

    [TestCase("delay: 20ms", FaultKind.Delayed)]
    [TestCase("delay: 20ms, jitter: 20ms", FaultKind.Delayed)]
    [TestCase("duplicate: 30%", FaultKind.Duplicated)]
    [TestCase("delay: 30ms, reorder: 30%", FaultKind.Reordered)]
    [TestCase("corrupt: 30%", FaultKind.Corrupted)]
    public void What_a_link_does_to_a_frame_is_a_step_of_the_trace(string fault, FaultKind kind) =>
        Assert.That(Run(1, $"fault: {{ on: web, {fault} }}", "run: " + Pings).Trace.Events().Select(e => e.Step).OfType<Step.Faulted>().Select(f => f.Kind), Has.Some.EqualTo(kind));

    [TestCase("loss: 20%", @"40 packets transmitted, (2\d|30|31|32) received")]
    [TestCase("delay: 20ms", @"rtt min/avg/max/mdev = 4\d\.\d+/4")]
    [TestCase("duplicate: 30%", @"\+\d+ duplicates")]
    [TestCase("corrupt: 40%", @"40 packets transmitted, [12]\d received")]
    public void A_program_feels_it(string fault, string output) =>
        Assert.That(Run(1, $"fault: {{ on: web, {fault} }}", "run: docker exec cli ping -c 1 172.18.0.2", "run: " + Pings).Steps[^1].Output, Does.Match(output));

    [Test]
    public void Jitter_spreads_round_trips()
    {
        string output = Run(1, "fault: { on: web, delay: 20ms, jitter: 15ms }", "run: " + Pings).Steps[^1].Output;
        var times = output.Split('\n').Where(l => l.Contains("time=")).Select(l => double.Parse(l.Split("time=")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.That(times.Max() - times.Min(), Is.GreaterThan(20));
    }

    [Test]
    public void Reordered_frames_overtake_others()
    {
        string output = Run(1, "fault: { on: web, delay: 50ms, reorder: 30% }", "run: " + Pings).Steps[^1].Output;
        var order = output.Split('\n').Where(l => l.Contains("icmp_seq=")).Select(l => int.Parse(l.Split("icmp_seq=")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.That(order, Is.Not.Ordered.And.Count.EqualTo(40));
    }

    [Test]
    public void A_slow_link_lets_through_what_it_can_and_its_full_queue_drops_the_rest()
    {
        var run = Run(1, "fault: { on: web, way: in, rate: 80kbit, queue: 3 }", "run: docker exec cli ping -c 10 -i 0.01 -s 972 -W 3 172.18.0.2");
        var arrived = run.Trace.Events().Where(e => e.Place == new Place("web", "eth0") && e.Step is Step.Received { Frame: var f } && run.Trace.Packets.Length(f) > 1000).Select(e => e.Time.Nanoseconds / 1e6).ToList();
        var gaps = arrived.Zip(arrived.Skip(1), (a, b) => Math.Round(b - a)).Distinct();

        Assert.That((run.Trace.Events().Any(e => e.Step is Step.Dropped { Reason: DropReason.QueueFull }), string.Join(' ', gaps)), Is.EqualTo((true, "101"))); // 1014 bytes take 101 ms
    }

    [Test]
    public void A_link_that_is_down_drops_what_is_sent_and_carries_again_when_its_time_is_over()
    {
        var run = Run(1, "fault: { link: down, on: web, for: 3s }", "run: docker exec cli ping -c 1 -W 1 172.18.0.2", "sleep: 3", "run: docker exec cli ping -c 1 -W 1 172.18.0.2");

        Assert.That((run.Steps[^3].ExitCode, run.Steps[^1].ExitCode, run.Trace.Changes.OfType<Change.InterfaceChanged>().Count(c => c.Origin.Rule == "fault")), Is.EqualTo((1, 0, 2)));
    }

    [Test]
    public void A_process_killed_in_the_middle_of_a_connection_ends_it_for_the_other()
    {
        var run = Run(1, "run: docker exec -d web nc -l -p 99", "fault: { kill: nc, on: web, after: 2s }", "run: docker exec cli socat -u TCP:172.18.0.2:99 STDOUT");

        Assert.That((run.Steps[^1].Ended - run.Steps[^1].Began).TotalSeconds, Is.InRange(1.5, 5));
    }

    [Test]
    public void A_container_killed_in_the_middle_of_a_connection_leaves_its_network_and_the_trace_says_so()
    {
        var run = Run(1, "run: docker exec -d web nc -l -p 99", "fault: { kill: web, after: 2s }", "run: docker exec cli sh -c '(sleep 60) | nc -w 5 172.18.0.2 99'");

        Assert.That(run.Trace.Changes.Any(c => c is Change.ProcessEnded { Id: var id, ExitCode: 137 } && id.StartsWith("ctr:web", StringComparison.Ordinal)), Is.True);
    }

    [TestCase("partition: [web, cli]")]
    [TestCase("resolver: down, on: cli")]
    [TestCase("address: 172.18.0.2, on: cli")]
    [TestCase("on: web, loss: 5%")]
    public void Every_fault_is_a_change_in_the_trace_whose_origin_is_the_scenario(string fault) =>
        Assert.That(Run(1, $"fault: {{ {fault} }}").Trace.Changes.Where(c => c.Origin.Object == "scenario"), Is.Not.Empty);

    [TestCase("loss: 30%")]
    [TestCase("delay: 20ms, jitter: 20ms")]
    [TestCase("duplicate: 30%")]
    [TestCase("delay: 30ms, reorder: 30%")]
    [TestCase("corrupt: 30%")]
    public void The_run_s_seed_makes_the_chance_of_a_fault_and_its_own_takes_precedence(string fault)
    {
        string Told(int seed, string own) => Replies(Run(seed, $"fault: {{ on: web, {fault}{own} }}", "run: " + Pings));

        Assert.That((Told(1, "") == Told(1, ""), Told(1, "") == Told(2, ""), Told(1, ", seed: 9") == Told(2, ", seed: 9") || fault.Contains("jitter")), Is.EqualTo((true, false, true)));
    }

    /// <summary>Which packets met a fault, and which.</summary>
    private static string Replies(ScenarioResult run)
    {
        int first = run.Steps[^1].FirstChange; // the ping's own
        var began = run.Steps[^1].Began;
        var met = new List<string>();
        var order = new Dictionary<int, int>();
        foreach (var e in run.Trace.Events().Where(e => e.Time >= began && e.Step is not null && first >= 0))
        {
            order.TryAdd(e.Packet.Value, order.Count);
            if (e.Step is Step.Faulted f) met.Add($"{order[e.Packet.Value]} {f.Kind} {f.Delay}");
            if (e.Step is Step.Dropped { Reason: DropReason.Loss }) met.Add($"{order[e.Packet.Value]} lost");
        }
        return string.Join('\n', met);
    }

    private static ScenarioResult Run(int seed, params string[] steps) =>
        ScenarioRun.Run(ScenarioReader.Read("web.yaml", Start + string.Concat(steps.Select(s => $"  - {s}\n"))), new RunSettings { Seed = seed });
}
