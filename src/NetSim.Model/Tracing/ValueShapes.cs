using System.Reflection;
using System.Runtime.CompilerServices;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;

namespace NetSim.Model.Tracing;

/// <summary>How a value lies in bytes.</summary>
/// <param name="Words">The shape in words: type and members.</param>
/// <param name="Write">Writes a value.</param>
/// <param name="Read">Reads one.</param>
internal sealed record ValueShape(string Words, Action<BinaryWriter, object> Write, Func<BinaryReader, object> Read);

/// <summary>How values of Model lie in bytes: numbers and texts as .NET's BinaryWriter writes them, lists with their length before them, records member by member.</summary>
internal sealed class ValueShapes
{
    private const int MostItems = 1 << 20;
    private readonly Dictionary<Type, ValueShape> _shapes = [];

    public ValueShapes()
    {
        Add("text", (w, v) => w.Write(v), r => r.ReadString());
        Add("bool", (w, v) => w.Write(v), r => r.ReadBoolean());
        Add("byte", (w, v) => w.Write(v), r => r.ReadByte());
        Add("ushort", (w, v) => w.Write(v), r => r.ReadUInt16());
        Add("int", (w, v) => w.Write7BitEncodedInt(v), r => r.Read7BitEncodedInt());
        Add("uint", (w, v) => w.Write(v), r => r.ReadUInt32());
        Add("long", (w, v) => w.Write7BitEncodedInt64(v), r => r.Read7BitEncodedInt64());
        Add("ulong", (w, v) => w.Write(v), r => r.ReadUInt64());
        Add("double", (w, v) => w.Write(v), r => r.ReadDouble());
        Add("span", (w, v) => w.Write(v.Ticks), r => new TimeSpan(r.ReadInt64()));
        Add("address", WriteAddress, ReadAddress);
        Add("subnet", (w, v) => { WriteAddress(w, v.Address); w.Write((byte)v.PrefixLength); }, r => ReadSubnet(r));
        Add("rule", WriteRule, ReadRule);
    }

    /// <summary>The shape of a type.</summary>
    public ValueShape Of(Type type)
    {
        lock (_shapes) return _shapes.TryGetValue(type, out var shape) ? shape : _shapes[type] = Make(type);
    }

    private void Add<T>(string words, Action<BinaryWriter, T> write, Func<BinaryReader, T> read)
        where T : notnull => _shapes[typeof(T)] = new(words, (w, v) => write(w, (T)v), r => read(r));

    private ValueShape Make(Type type)
    {
        if (type.IsEnum) return new($"{type.Name}({string.Join(',', Enum.GetNames(type))})", (w, v) => w.Write7BitEncodedInt(Convert.ToInt32(v, null)), r => Enum.ToObject(type, r.Read7BitEncodedInt()));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0]);
        if (type == typeof(IReadOnlyDictionary<string, string>)) return Map();
        return Record(type);
    }

    private ValueShape List(Type item)
    {
        var shape = Of(item);
        return new($"[{shape.Words}]", Write, Read);

        void Write(BinaryWriter w, object value)
        {
            var list = (System.Collections.ICollection)value;
            w.Write7BitEncodedInt(list.Count);
            foreach (object v in list) shape.Write(w, v);
        }

        object Read(BinaryReader r)
        {
            var list = Array.CreateInstance(item, Length(r));
            for (int i = 0; i < list.Length; i++) list.SetValue(shape.Read(r), i);
            return list;
        }
    }

    private static ValueShape Map() => new("{text}", (w, value) =>
    {
        var map = (IReadOnlyDictionary<string, string>)value;
        w.Write7BitEncodedInt(map.Count);
        foreach (var (k, v) in map)
        {
            w.Write(k);
            w.Write(v);
        }
    }, r =>
    {
        int count = Length(r);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++) map[r.ReadString()] = r.ReadString();
        return map;
    });

    /// <summary>Each member that can be set, in the order of the names; before one that may be missing stands whether it is there.</summary>
    private ValueShape Record(Type type)
    {
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true }).OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => (Property: p, Shape: Of(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType), MayMiss: !p.PropertyType.IsValueType || Nullable.GetUnderlyingType(p.PropertyType) is not null)).ToList();
        return new($"{type.Name}({string.Join(',', members.Select(m => m.Property.Name + ":" + m.Shape.Words))})", Write, Read);

        void Write(BinaryWriter w, object value)
        {
            foreach (var (property, shape, mayMiss) in members)
            {
                object? v = property.GetValue(value);
                if (mayMiss) w.Write(v is not null);
                if (v is not null) shape.Write(w, v);
            }
        }

        object Read(BinaryReader r)
        {
            object value = RuntimeHelpers.GetUninitializedObject(type);
            foreach (var (property, shape, mayMiss) in members)
                if (!mayMiss || r.ReadBoolean()) property.SetValue(value, shape.Read(r));
            return value;
        }
    }

    private static int Length(BinaryReader r) => r.Read7BitEncodedInt() is >= 0 and <= MostItems and var n ? n : throw new FormatException("a list is longer than any");

    private static void WriteAddress(BinaryWriter w, IpAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.Write(octets);
        w.Write((byte)address.ByteLength);
        w.Write(octets[..address.ByteLength]);
    }

    private static IpAddress ReadAddress(BinaryReader r)
    {
        int length = r.ReadByte();
        if (length is not (4 or 16)) throw new FormatException($"an address of {length} bytes");
        Span<byte> octets = stackalloc byte[16];
        r.BaseStream.ReadExactly(octets[..length]);
        return IpAddress.Read(octets[..length]);
    }

    private static Subnet ReadSubnet(BinaryReader r)
    {
        var address = ReadAddress(r);
        int prefix = r.ReadByte();
        return prefix <= address.BitLength ? new(address, prefix) : throw new FormatException($"a prefix of {prefix} bits");
    }

    private void WriteRule(BinaryWriter w, Rule rule)
    {
        w.Write(rule.Words is not null);
        w.Write(rule.ToString());
        Of(typeof(Origin)).Write(w, rule.Origin);
    }

    private Rule ReadRule(BinaryReader r)
    {
        bool isNft = r.ReadBoolean();
        var rule = isNft ? NftRuleText.Parse(r.ReadString()) : RuleText.Parse(r.ReadString());
        return rule with { Origin = (Origin)Of(typeof(Origin)).Read(r) };
    }
}
