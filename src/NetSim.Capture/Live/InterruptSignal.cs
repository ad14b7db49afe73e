using NetSim.Capture.Sockets;

namespace NetSim.Capture.Live;

/// <summary>Ctrl-C for a capture that a script started in the background: shells start those with the signal ignored, and .NET respects that; dumpcap and tcpdump end by it all the same.</summary>
public static class InterruptSignal
{
    private const int Interrupt = 2;

    /// <summary>Lets the signal reach this process; before anything registers for it.</summary>
    public static void Heed() => SystemCalls.SetSignal(Interrupt, 0);
}
