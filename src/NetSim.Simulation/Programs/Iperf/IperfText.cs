using System.Globalization;

namespace NetSim.Simulation.Programs.Iperf;

/// <summary>Lines of iperf3's report (iperf 3.12, iperf_locale.c, units.c).</summary>
internal static class IperfText
{
    /// <summary>The line between intervals and summary.</summary>
    public const string Separator = "- - - - - - - - - - - - - - - - - - - - - - - - -\n";

    private static readonly string[] ByteUnits = ["Bytes", "KBytes", "MBytes", "GBytes", "TBytes"];
    private static readonly string[] BitUnits = ["bits", "Kbits", "Mbits", "Gbits", "Tbits"];

    /// <summary>The column titles of the intervals.</summary>
    public static string IntervalTitle(bool udp, bool sends, bool reverse) => "[ ID] Interval           Transfer     Bitrate" + (udp, sends) switch
    {
        (true, true) => "         Total Datagrams\n",
        (true, false) => "         Jitter    Lost/Total Datagrams\n",
        (false, true) => "         Retr  Cwnd\n",
        _ => reverse ? "         Retr  Cwnd\n" : "\n",
    };

    /// <summary>The column titles of the summary.</summary>
    public static string SummaryTitle(bool udp, bool withRetransmits) =>
        "[ ID] Interval           Transfer     Bitrate" + (udp ? "         Jitter    Lost/Total Datagrams\n" : withRetransmits ? "         Retr\n" : "\n");

    /// <summary>An interval of a stream.</summary>
    public static string Interval(string id, IperfMeasure m, bool udp, bool sends) => Start(id, m) + (udp, sends) switch
    {
        (true, true) => $"  {m.Packets}  \n",
        (true, false) => Datagrams(m) + "\n",
        (false, true) when id == "SUM" => $"  {m.Retransmits,3}             \n",
        (false, true) => $"  {m.Retransmits,3}   {Bytes(m.Window)}       \n",
        _ => "                  \n",
    };

    /// <summary>A line of the summary.</summary>
    public static string Summary(string id, IperfMeasure m, bool udp, bool ofSender) => Start(id, m) + (udp, ofSender) switch
    {
        (true, true) => Datagrams(m with { Jitter = 0, Lost = 0 }) + "sender\n",
        (true, false) => Datagrams(m) + "receiver\n",
        (false, true) => $"  {m.Retransmits,3}             sender\n",
        _ => "                  receiver\n",
    };

    /// <summary>"[  5]".</summary>
    public static string Bracket(string id) => $"[{id,3}]";

    private static string Start(string id, IperfMeasure m) =>
        string.Create(CultureInfo.InvariantCulture, $"{Bracket(id)} {m.From,6:0.00}-{m.To.ToString("0.00", CultureInfo.InvariantCulture),-6} sec  {Bytes(m.Bytes)}  {Bits(m.Rate)}/sec");

    private static string Datagrams(IperfMeasure m)
    {
        double percent = m.Packets > 0 ? m.Lost * 100.0 / m.Packets : 0;
        return string.Create(CultureInfo.InvariantCulture, $"  {m.Jitter * 1000:0.000} ms  {m.Lost}/{m.Packets} ({percent:G2}%)  ");
    }

    private static string Bytes(double bytes) => Scaled(bytes, 1024, ByteUnits);

    private static string Bits(double bits) => Scaled(bits, 1000, BitUnits);

    /// <summary>Four places with a unit (unit_snprintf).</summary>
    private static string Scaled(double number, double unit, string[] units)
    {
        int i = 0;
        for (; number >= unit && i + 1 < units.Length; i++) number /= unit;
        string digits = number < 9.995 ? "0.00" : number < 99.95 ? "0.0" : "0";
        return $"{number.ToString(digits, CultureInfo.InvariantCulture),4} {units[i]}";
    }
}
