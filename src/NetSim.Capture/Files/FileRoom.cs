using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NetSim.Capture.Files;

/// <summary>Room on the disk for a file that grows (fallocate(2)). Its size stays what was written, so that a file that is cut short ends with its last record.</summary>
internal static partial class FileRoom
{
    private const int KeepSize = 1;

    /// <summary>Reserves room where the system can.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">Offset in bytes.</param>
    /// <param name="bytes">How much.</param>
    /// <returns>The offset up to which nothing needs to be reserved any more.</returns>
    public static long Reserve(FileStream file, long from, long bytes)
    {
        if (!OperatingSystem.IsLinux() || nint.Size != sizeof(long) || !file.CanSeek) return long.MaxValue;
        try
        {
            return Allocate(file.SafeFileHandle, KeepSize, from, bytes) == 0 ? from + bytes : long.MaxValue;
        }
        catch (TypeLoadException) // no such library, or not that call
        {
            return long.MaxValue;
        }
    }

    [LibraryImport("libc", EntryPoint = "fallocate")]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);
}
