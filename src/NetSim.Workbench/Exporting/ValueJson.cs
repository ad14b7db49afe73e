using System.Text.Json;
using System.Text.Json.Serialization;
using NetSim.Model.Addressing;
using NetSim.Model.Netfilter;
using NetSim.Model.Packets;
using NetSim.Model.Routing;

namespace NetSim.Workbench.Exporting;

/// <summary>The values of Model in JSON: addresses, rules and routes as the text that people write, names in snake case.</summary>
internal static class ValueJson
{
    /// <summary>Options that know all of them.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            new AsText<IpAddress>(),
            new AsText<MacAddress>(),
            new AsText<Subnet>(),
            new AsText<InterfaceAddress>(),
            new AsText<FlowKey>(),
            new AsText<Rule>(),
            new AsText<Route>(),
            new PortAsNumber(),
        },
    };

    private sealed class AsText<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("these values are only written");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value!.ToString());
    }

    private sealed class PortAsNumber : JsonConverter<Port>
    {
        public override Port Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("these values are only written");

        public override void Write(Utf8JsonWriter writer, Port value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
    }
}
