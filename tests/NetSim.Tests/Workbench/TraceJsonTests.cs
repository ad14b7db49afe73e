using System.Text;
using System.Text.Json;
using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Model.Topology;
using NetSim.Model.Tracing;
using NetSim.Workbench.Exporting;
using NUnit.Framework;

namespace NetSim.Tests.Workbench;

public sealed class TraceJsonTests
{
    [Test]
    public void A_change_is_a_line_with_its_kind_and_fields()
    {
        var trace = new Trace();
        trace.Add(new SimTime(7), new Change.AddressAdded("db", "eth0", new InterfaceAddress(IpAddress.Parse("172.18.0.2"), 16)));

        Assert.That(Lines(trace), Is.EqualTo(new[]
        {
            "{\"n\":0,\"t_ns\":7,\"ns\":\"db\",\"change\":{\"kind\":\"address_added\",\"interface\":\"eth0\",\"address\":\"172.18.0.2/16\",\"no_dad\":false,\"namespace\":\"db\",\"origin\":\"kernel\"}}",
        }));
    }

    [Test]
    public void A_step_names_packet_namespace_and_interface()
    {
        var trace = new Trace();
        int socket = trace.AddDetail(new SocketDetail(IpProtocol.Tcp, IpAddress.Parse("172.18.0.2"), new Port(6379), "redis-server"));
        trace.Add(new TraceRow(9, 3, trace.PlaceNumber(new Place("db", null)), socket, -1, StepKind.Delivered));
        trace.Add(new TraceRow(9, 4, trace.PlaceNumber(new Place("db", "eth0")), (int)DropReason.NoSocket, -1, StepKind.Dropped));

        Assert.That(Lines(trace), Is.EqualTo(new[]
        {
            "{\"n\":0,\"t_ns\":9,\"packet\":3,\"ns\":\"db\",\"step\":{\"kind\":\"delivered\",\"protocol\":\"tcp\",\"address\":\"172.18.0.2\",\"port\":6379,\"program\":\"redis-server\"}}",
            "{\"n\":1,\"t_ns\":9,\"packet\":4,\"ns\":\"db\",\"if\":\"eth0\",\"step\":{\"kind\":\"dropped\",\"reason\":\"no_socket\"}}",
        }));
    }

    [Test]
    public void No_line_has_a_key_twice()
    {
        var trace = new Trace();
        trace.Add(SimTime.Zero, new Change.NamespaceMade("db", NamespaceKind.Container, "db"));

        var names = JsonDocument.Parse(Lines(trace)[0]).RootElement.GetProperty("change").EnumerateObject().Select(p => p.Name).ToList();

        Assert.That(names, Is.Unique);
    }

    private static string[] Lines(Trace trace)
    {
        using var stream = new MemoryStream();
        TraceJson.Write(trace, stream);
        return Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
