using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetSim.Capture.Sockets;
using NetSim.Model.Input;

namespace NetSim.Capture.Live;

/// <summary>A receive ring of a packet socket: blocks of packets in memory that kernel and process share (Documentation/networking/packet_mmap.rst of Linux).</summary>
internal sealed unsafe class PacketRing : IDisposable
{
    /// <summary>After so long a block that is not full is given to the process, in milliseconds.</summary>
    public const int RetireMilliseconds = 20;

    private const int BlockSize = 256 * 1024;
    private const int FrameSize = 2048;
    private const int VersionOption = 10;
    private const int RingOption = 5;
    private const int StatisticsOption = 6;
    private const int Version3 = 2;
    private const int ReadAndWrite = 3;
    private const int Shared = 1;
    private const uint OfProcess = 1;
    private const uint HasVlanTag = 1 << 4;
    private const uint HasVlanProtocol = 1 << 6;
    private const ushort VlanProtocol = 0x8100;
    private const int MacAddresses = 12;
    private const int VlanTagLength = 4;
    private const byte Outgoing = 4;
    private readonly PacketSocket _socket;
    private readonly nuint _length;
    private readonly int _blocks;
    private byte* _ring;
    private byte* _next;
    private int _block, _left;
    private bool _isHeld;
    private long _received, _dropped;

    /// <summary>Makes a ring of so many megabytes.</summary>
    /// <exception cref="MachineException">The kernel has not so much memory.</exception>
    public PacketRing(PacketSocket socket, int megabytes)
    {
        _socket = socket;
        _blocks = checked(Math.Max(1, megabytes) * (1024 * 1024 / BlockSize));
        _length = (nuint)_blocks * BlockSize;
        socket.TrySet(VersionOption, Version3);
        var wish = new Request { BlockSize = BlockSize, Blocks = (uint)_blocks, FrameSize = FrameSize, Frames = (uint)_blocks * (BlockSize / FrameSize), RetireMilliseconds = RetireMilliseconds };
        nint ring = SystemCalls.SetOption(socket.Descriptor, PacketSocket.PacketLevel, RingOption, &wish, sizeof(Request)) < 0
            ? -1 : SystemCalls.Map(0, _length, ReadAndWrite, Shared, socket.Descriptor, 0);
        if (ring == -1) throw new MachineException($"The kernel gives no buffer of {megabytes} MiB for {socket.Interface} ({Marshal.GetLastPInvokeErrorMessage()}).", "ask for less, such as -B 8");
        _ring = (byte*)ring;
    }

    /// <summary>Takes the next packet; the one before is the kernel's again, or soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTake(out RawPacket packet)
    {
        packet = default;
        while (_left == 0)
            if (!TryNextBlock()) return false;
        byte* head = _next;
        // struct tpacket3_hdr: next, seconds, nanoseconds, captured, length, status, offset of the link header (16 bits), …, struct sockaddr_ll at 48.
        uint* words = (uint*)head;
        _left--;
        _next = head + words[0];
        packet.Bytes = head + *(ushort*)(head + 24);
        packet.Captured = (int)words[3];
        packet.Length = (int)words[4];
        packet.UnixNanoseconds = words[1] * 1_000_000_000L + words[2];
        packet.Outbound = head[58] == Outgoing;
        if ((words[5] & HasVlanTag) != 0) PutTagBack(head, ref packet);
        return true;
    }

    /// <summary>Received (with the dropped ones), and dropped since the ring was made.</summary>
    public (long Received, long Dropped) Counts()
    {
        // struct tpacket_stats_v3; asking sets the kernel's counts to 0.
        uint* counts = stackalloc uint[3];
        int length = 3 * sizeof(uint);
        if (_ring != null && SystemCalls.GetOption(_socket.Descriptor, PacketSocket.PacketLevel, StatisticsOption, counts, &length) == 0)
        {
            _received += counts[0];
            _dropped += counts[1];
        }
        return (_received, _dropped);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ring == null) return;
        _ = SystemCalls.Unmap((nint)_ring, _length);
        _ring = null;
        _left = 0;
        _isHeld = false;
    }

    /// <summary>Gives the block back that was read, and takes the next if the kernel is done with it.</summary>
    private bool TryNextBlock()
    {
        if (_ring == null) return false;
        byte* block = _ring + (nint)_block * BlockSize;
        // struct tpacket_block_desc: version, offset, then status, number of packets, offset of the first.
        if (_isHeld)
        {
            Volatile.Write(ref *(uint*)(block + 8), 0);
            _isHeld = false;
            _block = _block + 1 == _blocks ? 0 : _block + 1;
            block = _ring + (nint)_block * BlockSize;
        }
        if ((Volatile.Read(ref *(uint*)(block + 8)) & OfProcess) == 0) return false;
        _isHeld = true;
        _left = *(int*)(block + 12);
        _next = block + *(uint*)(block + 16);
        return true;
    }

    /// <summary>The kernel takes the VLAN tag out of a frame and keeps it beside; there is room before the frame to put it back.</summary>
    private static void PutTagBack(byte* head, ref RawPacket packet)
    {
        if (packet.Captured < MacAddresses) return;
        ushort protocol = (*(uint*)(head + 20) & HasVlanProtocol) != 0 ? *(ushort*)(head + 36) : VlanProtocol;
        byte* start = packet.Bytes - VlanTagLength;
        new ReadOnlySpan<byte>(packet.Bytes, MacAddresses).CopyTo(new Span<byte>(start, MacAddresses));
        var tag = new Span<byte>(start + MacAddresses, VlanTagLength);
        BinaryPrimitives.WriteUInt16BigEndian(tag, protocol);
        BinaryPrimitives.WriteUInt16BigEndian(tag[2..], (ushort)*(uint*)(head + 32));
        packet.Bytes = start;
        packet.Captured += VlanTagLength;
        packet.Length += VlanTagLength;
    }

    /// <summary>struct tpacket_req3.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        public uint BlockSize;
        public uint Blocks;
        public uint FrameSize;
        public uint Frames;
        public uint RetireMilliseconds;
        public uint PrivateSize;
        public uint Features;
    }
}
