using System.Text;
using System.Text.Json;
using NetSim.Model.Input;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Scenarios.Format;
using NetSim.Scenarios.Running;
using NetSim.Workbench.Exporting;
using NetSim.Workbench.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Workbench.Tracing;

/// <summary>A trace in a file is the trace in memory: forwards, backwards, at any instant; and a file that is not whole says so.</summary>
public sealed class TraceFileTests
{
    private string _folder = "";
    private string _path = "";
    private Trace _memory = null!;
    private List<string> _words = [];

    [OneTimeSetUp]
    public void Run_once_in_memory_and_once_into_a_file()
    {
        _folder = Directory.CreateTempSubdirectory("trace").FullName;
        _path = Path.Combine(_folder, "run.netsim-trace");
        var scenario = ScenarioReader.Read("many.sh", Lines());
        _memory = ScenarioRun.Run(scenario, new RunSettings()).Trace;
        _words = [.. _memory.Events().Select(Words)];
        using var file = Create(_path);
        ScenarioRun.Run(scenario, new RunSettings { Store = (_, _) => file });
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void It_is_long_enough_to_have_many_blocks_and_states()
    {
        using var file = TraceFile.Open(_path);

        Assert.That((file.Blocks(TraceBlock.Rows).Count > 1, file.Blocks(TraceBlock.State).Count > 1, file.Damage), Is.EqualTo((true, true, (string?)null)));
    }

    [Test]
    public void Forwards_it_tells_the_same_with_the_same_bytes()
    {
        using var file = TraceFile.Open(_path);

        Assert.That(Json(file.Trace()).SequenceEqual(Json(_memory)), Is.True);
    }

    [Test]
    public void Backwards_it_tells_the_same()
    {
        using var file = TraceFile.Open(_path);
        var trace = file.Trace();

        Assert.That(trace.Backwards(trace.Count).Select(r => Words(trace.Event(r.Number, r.Row))).SequenceEqual(Enumerable.Reverse(_words)), Is.True);
    }

    [Test]
    public void Each_frame_has_its_bytes_in_whatever_order_it_is_asked()
    {
        using var file = TraceFile.Open(_path);
        var packets = file.Trace().Packets;
        var chance = new Random(1);
        var asked = Enumerable.Range(0, 5000).Select(_ => chance.Next(packets.Count)).ToList();

        Assert.That(asked.Where(f => !packets.Bytes(f).AsSpan().SequenceEqual(_memory.Packets.Bytes(f))), Is.Empty);
    }

    [Test]
    public void At_any_instant_it_has_the_state_that_all_changes_before_fold_to([Range(1, 12)] int seed)
    {
        using var file = TraceFile.Open(_path);
        var trace = file.Trace();
        var chance = new Random(seed);
        long end = _memory.Row(_memory.Count - 1).Time;
        var time = new SimTime(seed == 1 ? -1 : seed == 2 ? end : chance.NextInt64(end));
        var folded = new Topology();
        foreach (var (_, row) in _memory.Rows().Where(r => r.Row.Kind == StepKind.Changed && r.Row.Time <= time.Nanoseconds)) folded.Apply(_memory.Change(row.A));

        Assert.That(TopologyText.Of(Topology.At(trace, time)), Is.EqualTo(TopologyText.Of(folded)));
    }

    [Test]
    public void The_first_event_after_an_instant_is_found([Range(1, 20)] int seed)
    {
        using var file = TraceFile.Open(_path);
        var time = new SimTime(new Random(seed).NextInt64(_memory.Row(_memory.Count - 1).Time));
        long sought = _memory.Rows().First(r => r.Row.Time > time.Nanoseconds).Number;

        Assert.That((file.Trace().FirstAfter(time), _memory.FirstAfter(time)), Is.EqualTo((sought, sought)));
    }

    [Test]
    public void Of_a_file_that_was_cut_a_beginning_is_whole_and_it_says_which([Range(1, 12)] int seed)
    {
        byte[] whole = File.ReadAllBytes(_path);
        string cut = Path.Combine(_folder, $"cut{seed}");
        File.WriteAllBytes(cut, whole[..new Random(seed).Next(200, whole.Length)]);
        using var file = TraceFile.Open(cut);
        var trace = file.Trace();

        Assert.Multiple(() =>
        {
            Assert.That(file.Damage, Does.Contain("cut or damaged at byte").And.Contain(trace.Count == 0 ? "no event is whole" : $"events 0 to {trace.Count - 1} are whole"));
            Assert.That(trace.Events().Select(Words).SequenceEqual(_words.Take((int)trace.Count)), Is.True);
        });
    }

    [Test]
    public void A_turned_bit_is_found_or_does_no_harm([Range(1, 36)] int seed)
    {
        var chance = new Random(seed);
        byte[] bytes = File.ReadAllBytes(_path);
        int at = seed <= 20 ? seed * 3 : chance.Next(bytes.Length);
        bytes[at] ^= (byte)(1 << chance.Next(8));
        string turned = Path.Combine(_folder, $"turned{seed}");
        File.WriteAllBytes(turned, bytes);

        Assert.That(Outcome(turned), Is.EqualTo("the same").Or.EqualTo("a beginning, with a warning").Or.EqualTo("an input error"));
    }

    [Test]
    public void A_damaged_block_is_named_with_what_is_whole_before_it()
    {
        byte[] bytes = File.ReadAllBytes(_path);
        bytes[bytes.Length / 2] ^= 1;
        string path = Path.Combine(_folder, "middle");
        File.WriteAllBytes(path, bytes);
        using var file = TraceFile.Open(path);
        var trace = file.Trace();

        Assert.That(() => Json(trace), Throws.TypeOf<InputException>().With.Message.Match(@"middle: ?byte \d+: a block of \w+ is damaged; (events 0 to \d+ are whole|no event is whole)"));
    }

    [Test]
    public void What_is_no_trace_is_said()
    {
        string path = Path.Combine(_folder, "none");
        File.WriteAllText(path, "NSTRACE");

        Assert.That(() => TraceFile.Open(path), Throws.TypeOf<InputException>().With.Message.Contains("is no trace of NetSim"));
    }

    [Test]
    public void Memory_holds_a_small_part_of_a_long_trace()
    {
        using var file = Create(Path.Combine(_folder, "long"));
        var trace = new Trace(file);
        int place = trace.PlaceNumber(new Place("a", "eth0"));
        long before = GC.GetTotalMemory(true);
        var frame = new byte[1000];
        for (int i = 0; i < 300_000; i++)
        {
            trace.Add(new TraceRow(i, i, place, 0, trace.Arena.Add(frame), StepKind.Received));
            trace.Add(new SimTime(i), new Change.SysctlSet("a", "net.ipv4.ip_forward", i % 2 == 0 ? "1" : "0"));
        }

        Assert.That(GC.GetTotalMemory(true) - before, Is.LessThan(64 << 20)); // of more than 330 MB
    }

    private static string Lines()
    {
        var lines = new StringBuilder("docker network create app\ndocker network create back\n");
        for (int i = 0; i < 90; i++) lines.Append($"docker run -d --name c{i} --net {(i % 3 == 0 ? "back" : "app")} {(i % 4 == 0 ? $"-p {8000 + i}:80 " : "")}lab/web\n");
        for (int i = 0; i < 90; i++) lines.Append($"docker exec c{i} ping -c 2 c{(i + 6) % 90}\ndocker exec c{i} wget -q -O - http://c{(i + 6) % 90}/name\n");
        lines.Append("docker network connect back c1\nhost ip rule add from 10.9.9.9 lookup 100\nhost ip route add 10.7.0.0/16 via 203.0.113.1 table 100\nhost curl -s http://127.0.0.1:8004/name\n#@ impair c1 eth0 delay=5 loss=10 seed=3\ndocker exec c1 ping -c 4 c2\n");
        for (int i = 0; i < 90; i += 5) lines.Append($"docker rm -f c{i}\n");
        lines.Append("docker rename c1 renamed\ndocker run -d --name late --net container:c2 lab/busybox sleep 1d\ndocker network create -d macvlan -o parent=up0 --subnet 198.51.100.0/24 lan\ndocker run -d --name m --net lan lab/web\n");
        return lines.ToString();
    }

    /// <summary>An event with all its values: the lists in changes too.</summary>
    private static string Words(TraceEvent e) => $"{e.Number} {e.Time.Nanoseconds} {e.Packet} {e.Place} {e.Step} {(e.Change is { } c ? c.GetType().Name + JsonSerializer.Serialize(c, c.GetType(), ValueJson.Options) : "")}";

    private string Outcome(string path)
    {
        try
        {
            using var file = TraceFile.Open(path);
            var trace = file.Trace();
            if (trace.Count > 0) Topology.At(trace, new SimTime(long.MaxValue));
            bool same = trace.Events().Select(Words).SequenceEqual(_words.Take((int)trace.Count));
            return !same ? "another trace" : trace.Count == _memory.Count ? "the same" : file.Damage is not null ? "a beginning, with a warning" : "a beginning, silently";
        }
        catch (InputException)
        {
            return "an input error";
        }
    }

    private static TraceFile Create(string path) => TraceFile.Create(path, new("many", "28.5.2", 0));

    private static byte[] Json(Trace trace)
    {
        using var text = new MemoryStream();
        TraceJson.Write(trace, text);
        return text.ToArray();
    }
}
