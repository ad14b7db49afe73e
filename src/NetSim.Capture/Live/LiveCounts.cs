namespace NetSim.Capture.Live;

/// <summary>What became of the packets at an interface. Once a capture has ended, received = dropped by the kernel + taken + left.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Received">Packets that passed the filter, as the kernel counts them; those dropped for want of buffer are among them.</param>
/// <param name="DroppedByKernel">Packets for which the buffer had no room.</param>
/// <param name="DroppedByInterface">Packets that the interface or its driver dropped before anybody saw them; they are not among the received.</param>
/// <param name="Taken">Packets handed on.</param>
/// <param name="Left">Packets that came after the number asked for was reached.</param>
public sealed record LiveCounts(string Interface, long Received, long DroppedByKernel, long DroppedByInterface, long Taken, long Left);
