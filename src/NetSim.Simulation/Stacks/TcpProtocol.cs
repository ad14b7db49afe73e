using NetSim.Model.Addressing;
using NetSim.Model.Tracing;
using NetSim.Simulation.Devices;
using NetSim.Wire.Decoding;
using NetSim.Wire.Encoding;

namespace NetSim.Simulation.Stacks;

/// <summary>TCP of a namespace.</summary>
internal sealed class TcpProtocol(NamespaceStack stack) : IIcmpListener
{
    /// <summary>Takes a segment that is for this namespace.</summary>
    public void Receive(Frame frame) => stack.Kernel.Drop(stack.Place, frame, DropReason.NotModelled);

    public void Failed(IcmpHeader error, IpAddress from, Ipv4View quoted) { }
}
