using NetSim.Model.Addressing;
using NetSim.Simulation.Devices;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Stacks;

/// <summary>A packet socket that hears and sends ARP on one device.</summary>
internal sealed class ArpSocket(Kernel kernel, ArpProtocol arp, Device device, string program) : IArpSocket
{
    private readonly Mailbox<ArpHeard> _heard = new(kernel.Timers);

    /// <summary>Where it listens.</summary>
    public Device Device => device;

    /// <summary>Whose it is.</summary>
    public string Program => program;

    public void Send(bool isRequest, MacAddress to, IpAddress sender, IpAddress target)
    {
        if (!device.Facts.Up) throw new SocketFailure(Errno.NetworkUnreachable);
        arp.Send(device, isRequest, to, sender, target);
    }

    public Task<ArpHeard?> Receive(TimeSpan? timeout = null) => _heard.Take(timeout);

    /// <summary>A packet came.</summary>
    public void Deliver(ArpHeard packet) => _heard.Put(packet);

    public void Dispose()
    {
        arp.Close(this);
        _heard.Close();
    }
}
