using NetSim.Model.Tracing;
using NetSim.Simulation.Events;
using NetSim.Simulation.Sockets;

namespace NetSim.Simulation.Programs.Resolving;

/// <summary>Receiving from a connected UDP socket as Linux lets programs do it: of ICMP errors only "port unreachable" is told, the others are soft (icmp_err_convert).</summary>
internal static class SoftErrors
{
    /// <summary>The next datagram before an instant, or null.</summary>
    public static async Task<Datagram?> ReceiveUntil(this IUdpSocket socket, IClock clock, SimTime until)
    {
        while (clock.Now < until)
        {
            try
            {
                return await socket.Receive(until - clock.Now);
            }
            catch (SocketFailure failure) when (failure.Errno is Errno.HostUnreachable or Errno.NetworkUnreachable)
            {
                // Soft: the program goes on waiting.
            }
        }
        return null;
    }
}
