using System.Text.Json.Nodes;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>What the client tells the server about a test (iperf 3.12, iperf_api.c, send_parameters), in that order.</summary>
internal sealed record IperfParameters
{
    private const double FastestRate = 8e9;
    private const double MostInTimedTest = 64 << 20;
    private const string Version = "3.12";

    /// <summary>Datagrams instead of a stream?</summary>
    public bool Udp { get; init; }

    /// <summary>Seconds at the start that do not count.</summary>
    public int Omit { get; init; }

    /// <summary>How long; 0 when an amount decides.</summary>
    public int Seconds { get; init; }

    /// <summary>How many bytes; 0: any.</summary>
    public long Bytes { get; init; }

    /// <summary>How many writes; 0: any.</summary>
    public long Blocks { get; init; }

    /// <summary>Connections side by side.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>Does the server send?</summary>
    public bool Reverse { get; init; }

    /// <summary>Bytes of one write.</summary>
    public int Length { get; init; } = 131072;

    /// <summary>Bits a second of one stream; 0: as fast as it goes.</summary>
    public double Rate { get; init; }

    /// <summary>The amount that ends the test; 0: time alone does.</summary>
    public long Amount => Bytes > 0 ? Bytes : Blocks * Length;

    /// <summary>Is the speed of a sender without a rate held down, so that a timed test stays within what a trace can keep?</summary>
    public bool IsHeldDown => Rate == 0 && Seconds > 0 && MostInTimedTest * 8 / Seconds < FastestRate;

    /// <summary>Bits a second that a sender makes: what is asked for, or what its computer would. Programs take no time here, so a limit has to be said: 8 Gbit/s, and 64 MB in a timed test.</summary>
    public double SendingRate => Rate > 0 ? Rate : IsHeldDown ? MostInTimedTest * 8 / Seconds : FastestRate;

    /// <summary>As it goes over the control connection.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { [Udp ? "udp" : "tcp"] = true, ["omit"] = Omit, ["time"] = Seconds, ["num"] = Bytes, ["blockcount"] = Blocks, ["parallel"] = Streams };
        if (Reverse) json["reverse"] = true;
        json["len"] = Length;
        if (Rate > 0) json["bandwidth"] = (long)Rate;
        json["pacing_timer"] = 1000;
        json["client_version"] = Version;
        return json;
    }

    /// <summary>Reads what a client said; what is missing has its default.</summary>
    public static IperfParameters Of(JsonObject json) => new()
    {
        Udp = json["udp"] is not null,
        Omit = (int)Number(json["omit"]),
        Seconds = (int)Number(json["time"]),
        Bytes = (long)Number(json["num"]),
        Blocks = (long)Number(json["blockcount"]),
        Streams = Math.Clamp((int)Number(json["parallel"]), 1, 128),
        Reverse = json["reverse"] is not null,
        Length = Math.Clamp((int)Number(json["len"]), 16, 1 << 20),
        Rate = Number(json["bandwidth"]),
    };

    /// <summary>A number of a JSON document; 0 when it is none.</summary>
    public static double Number(JsonNode? node)
    {
        if (node is not JsonValue value) return 0;
        return value.TryGetValue(out double d) ? d : value.TryGetValue(out long l) ? l : value.TryGetValue(out int i) ? i : 0;
    }
}
