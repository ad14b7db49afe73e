using NetSim.Capture.Files;
using NetSim.Capture.Sockets;
using NetSim.Model.Input;
using NetSim.Wire.Decoding;

namespace NetSim.Capture.Filtering;

/// <summary>A filter in tcpdump's language (pcap-filter(7)) for packets of files. libpcap compiles it, once for each link type, and runs it.</summary>
public sealed class PacketFilter : IDisposable
{
    private readonly string _text;
    private readonly Dictionary<int, FilterProgram> _programs = [];
    private FilterProgram? _last;
    private int _lastType = -1;

    private PacketFilter(string text) => _text = text;

    /// <summary>Compiles a filter.</summary>
    /// <exception cref="InputException">It is none.</exception>
    /// <exception cref="MachineException">There is no libpcap.</exception>
    public static PacketFilter Compile(string text)
    {
        Libpcap.Require("A filter");
        var filter = new PacketFilter(text);
        filter.ProgramOf(LinkTypes.Ethernet);
        return filter;
    }

    /// <summary>Does it let a packet through?</summary>
    /// <param name="packet">What was captured of it.</param>
    /// <param name="length">Its length on the wire.</param>
    /// <param name="linkType">LINKTYPE number.</param>
    /// <exception cref="InputException">It makes no sense for the link type.</exception>
    public bool Takes(ReadOnlySpan<byte> packet, int length, int linkType)
    {
        if (linkType != _lastType) (_last, _lastType) = (ProgramOf(linkType), linkType);
        return _last!.Takes(packet, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var program in _programs.Values) program.Dispose();
    }

    private FilterProgram ProgramOf(int linkType)
    {
        if (_programs.TryGetValue(linkType, out var known)) return known;
        if (FilterProgram.TryCompile(_text, linkType, out var made, out string why)) return _programs[linkType] = made;
        throw new InputException("--filter", "", $"\"{_text}\" is no filter for {LinkTypeNames.Name(linkType)} ({why}); one such as \"tcp port 80\" was expected");
    }
}
