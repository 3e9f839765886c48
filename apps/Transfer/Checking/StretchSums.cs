using System.Collections.Immutable;

namespace SmartClients.Transfer.Checking;

/// <summary>The hashes of a file's stretches, all of one length but the last.</summary>
/// <param name="Length">Bytes in a stretch.</param>
/// <param name="Hashes">One for each, in order.</param>
public sealed record StretchSums(long Length, ImmutableArray<Hash> Hashes)
{
    /// <summary>The most stretches of a file: a million.</summary>
    public const int Most = 1 << 20;

    /// <summary>The longest stretch: 64 MiB, since each is held in memory where the file goes into a pipe.</summary>
    public const long Longest = 64 << 20;

    /// <summary>Whether they cover a file of a size.</summary>
    public bool Cover(long size) => size == 0 ? Hashes.IsEmpty : (size + Length - 1) / Length == Hashes.Length;
}
