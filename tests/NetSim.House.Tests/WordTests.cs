using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NetSim.House.Tests;

/// <summary>The glossary: one word for one thing, in names of types and folders.</summary>
public sealed partial class WordTests
{
    /// <summary>The word not to say, and the one in its place.</summary>
    private static readonly Dictionary<string, string> Instead = new(StringComparer.Ordinal)
    {
        ["Net"] = "Network",
        ["Connection"] = "Endpoint or Flow",
        ["Env"] = "Sandbox or Environment",
        ["Node"] = "NetworkNamespace or Host",
        ["Machine"] = "Host",
        ["Server"] = "Host",
        ["Adapter"] = "Interface",
        ["Cable"] = "Veth",
        ["Switch"] = "Bridge",
        ["Slot"] = "Port",
        ["Range"] = "Subnet",
        ["Message"] = "Frame, Packet, Segment or Datagram",
        ["Session"] = "Flow",
        ["Policy"] = "Rule or Verdict",
        ["Journey"] = "PacketPath",
        ["Log"] = "Trace",
        ["Record"] = "TraceEvent",
        ["Location"] = "ObservationPoint",
        ["Tick"] = "SimTime",
        ["Chaos"] = "Fault",
        ["Dump"] = "Capture",
        ["Issue"] = "Finding",
        ["Alert"] = "Finding",
        ["Config"] = "Scenario",
        ["Painter"] = "Scene or Layer",
        ["Manager"] = "what it does",
        ["Helper"] = "what it does",
        ["Util"] = "what it does",
        ["Utils"] = "what it does",
        ["Helpers"] = "what it does",
        ["Common"] = "what it holds",
        ["Base"] = "what it is",
        ["Impl"] = "what it is",
        ["Info"] = "what it says",
        ["Data"] = "what it holds",
        ["Processor"] = "what it does",
    };

    /// <summary>Names that keep such a word, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["TopologyNode"] = "a vertex of a graph, not a computer",
        ["MachineException"] = "the computer that NetSim itself runs on",
        ["MachineCheck"] = "the computer that NetSim itself runs on",
        ["MachineFinding"] = "the computer that NetSim itself runs on",
        ["Machine"] = "a folder: the computer that NetSim itself runs on",
        ["Slot"] = "of a timing wheel",
        ["DnsServerSpec"] = "a DNS server is one in RFC 1034 too, and a program, not a host",
        ["Log"] = "iptables' own target LOG",
        ["DnsMessage"] = "the word of RFC 1035, section 4",
        ["DnsRecord"] = "a resource record, RFC 1035, section 3.2",
        ["TcpConnection"] = "a TCP connection keeps its name",
        ["ITcpConnection"] = "a TCP connection keeps its name",
    };

    private static IEnumerable<string> Rooms => House.Rooms;

    [TestCaseSource(nameof(Rooms))]
    public void Types_are_named_with_the_words_of_the_glossary(string room)
    {
        var wrong = House.Types(room).Where(t => !Exceptions.ContainsKey(t.Name)).SelectMany(t => Unsaid(t.Name.Split('`')[0], t.FullName!));

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Folders_are_named_with_the_words_of_the_glossary()
    {
        var folders = House.Code("src/").Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/')).Distinct().Select(d => (Path: d, Name: d.Split('/')[^1])).Where(d => !d.Name.StartsWith("NetSim.", StringComparison.Ordinal) && !Exceptions.ContainsKey(d.Name));

        Assert.That(folders.SelectMany(d => Unsaid(d.Name, d.Path)), Is.Empty);
    }

    [Test]
    public void Every_exception_is_still_needed()
    {
        var names = House.Rooms.SelectMany(House.Types).Select(t => t.Name).Concat(House.Code("src/").Select(f => f.Split('/')[^2])).ToHashSet(StringComparer.Ordinal);

        Assert.That(Exceptions.Keys.Except(names), Is.Empty);
    }

    private static IEnumerable<string> Unsaid(string name, string where) =>
        Word().Matches(name).Select(m => m.Value).Where(Instead.ContainsKey).Select(w => $"{where}: not {w}, but {Instead[w]}");

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
