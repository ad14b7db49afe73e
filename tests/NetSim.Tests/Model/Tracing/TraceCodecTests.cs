using System.Collections;
using System.Reflection;
using System.Text.Json;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Tracing;
using NetSim.Workbench.Exporting;
using NUnit.Framework;

namespace NetSim.Tests.Model.Tracing;

public sealed class TraceCodecTests
{
    private static readonly Type[] Changes = [.. typeof(Change).GetNestedTypes().Where(t => !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal)];
    private static readonly Type[] Details = [typeof(SocketDetail), typeof(FilterDetail), typeof(RouteDetail), typeof(TranslationDetail), typeof(FaultDetail), typeof(Place)];

    [TestCaseSource(nameof(Changes))]
    [TestCaseSource(nameof(Details))]
    public void Each_value_comes_back_with_all_its_members(Type type)
    {
        object value = Sample(type, 1);
        object back = TraceCodec.Read<object>(TraceCodec.Write([value]), 1)[0];

        Assert.That(Text(back), Is.EqualTo(Text(value)));
    }

    [TestCaseSource(nameof(Changes))]
    public void What_is_cut_or_turned_is_a_format_error_or_other_values(Type type)
    {
        byte[] bytes = TraceCodec.Write([Sample(type, 1), Sample(type, 2)]);
        var chance = new Random(1);

        Assert.Multiple(() =>
        {
            for (int i = 0; i < bytes.Length; i++) Assert.That(Failure(bytes[..i]), Is.EqualTo("FormatException"));
            for (int i = 0; i < 200; i++)
            {
                byte[] turned = [.. bytes];
                turned[chance.Next(turned.Length)] ^= (byte)(1 << chance.Next(8));
                Assert.That(Failure(turned), Is.AnyOf("FormatException", "none"));
            }
        });
    }

    private static string Failure(byte[] bytes)
    {
        try
        {
            TraceCodec.Read<object>(bytes, 2);
            return "none";
        }
        catch (FormatException)
        {
            return "FormatException";
        }
    }

    private static string Text(object value) => value.GetType().Name + JsonSerializer.Serialize(value, value.GetType(), ValueJson.Options);

    /// <summary>A value in which nothing is as it is by default.</summary>
    private static object Sample(Type type, int n)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text" + n;
        if (type == typeof(bool)) return true;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(double)) return 0.25 * n;
        if (type == typeof(TimeSpan)) return TimeSpan.FromMilliseconds(n);
        if (type == typeof(IpAddress)) return IpAddress.Parse($"fd00::{n}");
        if (type == typeof(Subnet)) return Subnet.Parse($"10.{n}.0.0/16");
        if (type == typeof(Rule)) return RuleText.Parse($"-s 10.0.0.{n}/32 -m comment --comment \"a b\" -j ACCEPT") with { Origin = new("container a", "-p 80", "rule") };
        if (type.IsPrimitive) return Convert.ChangeType(n + 40, type, null);
        if (type == typeof(IReadOnlyDictionary<string, string>)) return new Dictionary<string, string> { ["key" + n] = "value" };
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0], n);
        object value = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        foreach (var p in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null)) p.SetValue(value, Sample(p.PropertyType, ++n));
        return value;
    }

    private static Array List(Type item, int n)
    {
        var list = Array.CreateInstance(item, 2);
        for (int i = 0; i < 2; i++) ((IList)list)[i] = Sample(item, n + i);
        return list;
    }
}
