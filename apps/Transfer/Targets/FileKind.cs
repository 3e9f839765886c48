using System.Runtime.InteropServices;

namespace SmartClients.Transfer.Targets;

/// <summary>What stands at a place, links followed: the base class library tells a device and a named pipe from a file nowhere.</summary>
internal static partial class FileKind
{
    const int Here = -100;
    const uint Type = 1;
    // statx is the same on every processor, unlike stat: https://man7.org/linux/man-pages/man2/statx.2.html
    const int Size = 256;
    const int ModeAt = 28;
    const int TypeBits = 0xf000;
    const int Regular = 0x8000;
    const int Folder = 0x4000;

    /// <summary>Whether something is there that is neither a file nor a folder. On Linux; elsewhere nothing is taken for such.</summary>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux()) return false;
        Span<byte> told = stackalloc byte[Size];
        if (Status(Here, path, 0, Type, told) != 0) return false;
        return (MemoryMarshal.Read<ushort>(told[ModeAt..]) & TypeBits) is not (Regular or Folder);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, Span<byte> told);
}
