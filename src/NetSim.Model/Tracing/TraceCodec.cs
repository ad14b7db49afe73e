using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace NetSim.Model.Tracing;

/// <summary>Places, changes and details as bytes, and back. A record is its properties in the order of their names; rules are the text of iptables-save with their origin.</summary>
public static class TraceCodec
{
    /// <summary>What may stand in a block, told apart by its place in this list.</summary>
    private static readonly Type[] Kinds =
    [
        typeof(Place), typeof(string), typeof(SocketDetail), typeof(FilterDetail), typeof(RouteDetail), typeof(TranslationDetail), typeof(FaultDetail),
        typeof(Change.StoryStep), typeof(Change.NamespaceMade), typeof(Change.NamespaceRemoved), typeof(Change.InterfaceMade), typeof(Change.VethMade), typeof(Change.InterfaceMoved),
        typeof(Change.InterfaceChanged), typeof(Change.InterfaceRemoved), typeof(Change.AddressAdded), typeof(Change.AddressRemoved), typeof(Change.RouteAdded), typeof(Change.RouteRemoved), typeof(Change.RoutingRuleAdded), typeof(Change.RoutingRuleRemoved),
        typeof(Change.LinkFaultSet), typeof(Change.SysctlSet), typeof(Change.ChainSet), typeof(Change.VerdictMapSet), typeof(Change.ChainRemoved), typeof(Change.IpSetFilled), typeof(Change.RuleAdded), typeof(Change.RuleRemoved),
        typeof(Change.FileWritten), typeof(Change.ProcessStarted), typeof(Change.ProcessSignalled), typeof(Change.ProcessEnded), typeof(Change.ResolverSet), typeof(Change.NetworkSet),
        typeof(Change.NetworkRemoved), typeof(Change.ContainerSet), typeof(Change.ContainerRemoved), typeof(Change.EndpointSet), typeof(Change.EndpointRemoved), typeof(Change.LeaseMade),
        typeof(Change.LeaseReleased), typeof(Change.NamePublished), typeof(Change.NameWithdrawn), typeof(Change.NeighbourSet), typeof(Change.FdbSet), typeof(Change.ConntrackMade),
        typeof(Change.ConntrackRemoved), typeof(Change.SocketOpened), typeof(Change.SocketClosed),
    ];

    private static readonly Dictionary<Type, byte> Numbers = Kinds.Select((t, i) => (t, i)).ToDictionary(x => x.t, x => (byte)x.i);
    private static readonly ValueShapes Shapes = new();

    /// <summary>Tells one shape of the values from another: a file of another shape can't be read.</summary>
    public static ulong Fingerprint { get; } = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Kinds.Select(k => Shapes.Of(k).Words)))));

    /// <summary>Values one after the other.</summary>
    public static byte[] Write(IEnumerable<object> values)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (object v in values)
        {
            byte kind = Numbers.TryGetValue(v.GetType(), out byte n) ? n : throw new NotSupportedException($"a trace keeps no {v.GetType().Name}");
            writer.Write(kind);
            Shapes.Of(Kinds[kind]).Write(writer, v);
        }
        return bytes.ToArray();
    }

    /// <summary>Reads as many values as there should be.</summary>
    /// <exception cref="FormatException">The bytes are none of these values.</exception>
    public static T[] Read<T>(byte[] bytes, int count)
        where T : class
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        try
        {
            if (count > bytes.Length) throw new FormatException("it holds fewer values than it should");
            var values = new T[count];
            for (int i = 0; i < count; i++)
            {
                byte kind = reader.ReadByte();
                if (kind >= Kinds.Length) throw new FormatException($"there is no value of kind {kind}");
                values[i] = Shapes.Of(Kinds[kind]).Read(reader) as T ?? throw new FormatException($"a {Kinds[kind].Name} stands where none can be");
            }
            return values;
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or OverflowException or IOException or TargetInvocationException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
