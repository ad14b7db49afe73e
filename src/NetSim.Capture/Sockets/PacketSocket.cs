using System.Runtime.InteropServices;
using NetSim.Model.Addressing;
using NetSim.Model.Input;

namespace NetSim.Capture.Sockets;

/// <summary>A packet socket on one interface: frames as they pass there, Ethernet header first (packet(7)).</summary>
internal sealed unsafe class PacketSocket : IDisposable
{
    /// <summary>Level of the options of packet sockets.</summary>
    public const int PacketLevel = 263;

    /// <summary>Every protocol, in network order.</summary>
    public const ushort AllProtocols = 0x0300;

    private const int PacketFamily = 17;
    private const int RawType = 3;
    private const int CloseOnExec = 0x8_0000;
    private const int SocketLevel = 1;
    private const int ErrorOption = 4;
    private const int AttachFilterOption = 26;
    private const int AddMembershipOption = 1;
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private int _descriptor;

    private PacketSocket(string name, int index, int descriptor)
    {
        Interface = name;
        Index = index;
        _descriptor = descriptor;
    }

    /// <summary>"eth0".</summary>
    public string Interface { get; }

    /// <summary>The interface's number in its namespace.</summary>
    public int Index { get; }

    /// <summary>The socket's file descriptor.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Opens a socket that takes nothing yet.</summary>
    /// <param name="name">The interface.</param>
    /// <param name="what">What it is for, as a sentence begins: "Capturing".</param>
    /// <exception cref="MachineException">There is no such interface, or the right is missing.</exception>
    public static PacketSocket Open(string name, string what)
    {
        int index = (int)SystemCalls.IndexOf(name);
        if (index == 0) throw InterfaceNames.Missing(name);
        int descriptor = SystemCalls.Socket(PacketFamily, RawType | CloseOnExec, 0);
        if (descriptor < 0) throw Refused($"{what} on {name}");
        var made = new PacketSocket(name, index, descriptor);
        try
        {
            made.Bind(0);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Takes frames of a protocol from now on; 0 takes none.</summary>
    public void Bind(ushort protocol)
    {
        var address = new LinkAddress { Family = PacketFamily, Protocol = protocol, Index = Index };
        if (SystemCalls.Bind(_descriptor, &address, sizeof(LinkAddress)) < 0 || Error() != 0)
            throw new MachineException($"The interface {Interface} is down.", $"sudo ip link set {Interface} up");
    }

    /// <summary>What kind of link it is (ARPHRD of if_arp.h), its MAC address, and whether it is still there.</summary>
    public (int Kind, MacAddress? Mac, bool IsThere) Link()
    {
        LinkAddress address = default;
        int length = sizeof(LinkAddress);
        if (SystemCalls.GetName(_descriptor, &address, &length) < 0) return (0, null, false);
        MacAddress? mac = address.AddressLength == 6 ? MacAddress.Read(new ReadOnlySpan<byte>(address.Address, 6)) : null;
        return (address.Kind, mac, address.Index > 0);
    }

    /// <summary>Takes also what is not for this interface.</summary>
    public void Listen()
    {
        // struct packet_mreq: index, kind (promiscuous), length, address.
        int* wish = stackalloc int[4] { Index, 1, 0, 0 };
        _ = SystemCalls.SetOption(_descriptor, PacketLevel, AddMembershipOption, wish, 16);
    }

    /// <summary>Sets an option of packet sockets; false where the kernel has none such.</summary>
    public bool TrySet(int option, int value) => SystemCalls.SetOption(_descriptor, PacketLevel, option, &value, sizeof(int)) == 0;

    /// <summary>Lets through what a program of the kernel's filter takes, in place of an earlier one.</summary>
    /// <param name="program">struct sock_filter, eight bytes each.</param>
    public void Filter(ReadOnlySpan<ulong> program)
    {
        fixed (ulong* first = program)
        {
            var filter = new FilterHead { Length = (ushort)program.Length, Program = first };
            if (SystemCalls.SetOption(_descriptor, SocketLevel, AttachFilterOption, &filter, sizeof(FilterHead)) < 0)
                throw new MachineException($"The kernel refuses the filter on {Interface} ({Marshal.GetLastPInvokeErrorMessage()}).", "");
        }
    }

    /// <summary>The socket's pending error, which is taken by asking; 0 is none.</summary>
    public int Error()
    {
        int error = 0, length = sizeof(int);
        return SystemCalls.GetOption(_descriptor, SocketLevel, ErrorOption, &error, &length) < 0 ? -1 : error;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        int descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0) _ = SystemCalls.Close(descriptor);
    }

    private static MachineException Refused(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error is NotPermitted or AccessDenied) return new($"{what} needs the right CAP_NET_RAW.", MissingRight.Remedy);
        return new($"{what} is not possible: {Marshal.GetPInvokeErrorMessage(error)}.", "");
    }

    /// <summary>struct sockaddr_ll.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LinkAddress
    {
        public ushort Family;
        public ushort Protocol;
        public int Index;
        public ushort Kind;
        public byte PacketKind;
        public byte AddressLength;
        public fixed byte Address[8];
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FilterHead
    {
        public ushort Length;
        public ulong* Program;
    }
}
