using NetSim.Model.Addressing;
using NetSim.Model.Packets;
using NetSim.Wire.Decoding;
using PacketDotNet;

namespace NetSim.Wire.Inspection;

/// <summary>What PacketDotNet makes of a frame: slower than our views, and a second opinion on them. It parses lazily and throws late on hostile bytes, so everything is asked behind one door.
/// Its TCP options are never asked for: an option of length zero makes them loop for ever.</summary>
public static class PeerReading
{
    /// <summary>The conversation of a frame; false when it is no IP, or PacketDotNet can't read it.</summary>
    public static bool TryReadFlow(byte[] frame, int linkType, out FlowKey flow)
    {
        flow = default;
        try
        {
            if (Packet.ParsePacket(Layer(linkType), frame).Extract<IPPacket>() is not { } ip) return false;
            flow = Flow(ip);
            return true;
        }
        catch (Exception e) when (e is SystemException and not OutOfMemoryException)
        {
            return false;
        }
    }

    private static FlowKey Flow(IPPacket ip)
    {
        var protocol = (IpProtocol)(byte)ip.Protocol;
        var source = IpAddress.Read(ip.SourceAddress.GetAddressBytes());
        var destination = IpAddress.Read(ip.DestinationAddress.GetAddressBytes());
        return ip.PayloadPacket switch
        {
            TransportPacket t => new(protocol, source, new(t.SourcePort), destination, new(t.DestinationPort)),
            _ => new(protocol, source, default, destination, default),
        };
    }

    private static LinkLayers Layer(int linkType) => linkType switch
    {
        LinkTypes.LinuxSll => LinkLayers.LinuxSll,
        LinkTypes.LinuxSll2 => LinkLayers.LinuxSll2,
        LinkTypes.Null => LinkLayers.Null,
        _ when LinkTypes.IsRawIp(linkType) => LinkLayers.Raw,
        _ => LinkLayers.Ethernet,
    };
}
