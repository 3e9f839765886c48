using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartClients.Transfer.Checking;

/// <summary>CRC-32C: tells after a crash which pieces really are on disk. No proof against anybody's intent.</summary>
internal static class Checksum
{
    public const uint None = ~0u;

    /// <summary>The sum of what was added before, and these bytes.</summary>
    /// <remarks>Compiled for this processor from the first call on: beforehand, each word would be a call to the platform's assembly, and take
    /// longer than the copying of it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, rest);
        return sum;
    }
}
