using System.Security.Cryptography;

namespace SmartClients.Transfer.Checking;

/// <summary>What is known beforehand of a file: its size, its hash, the hashes of its stretches.</summary>
public sealed record Sums
{
    /// <summary>Nothing.</summary>
    public static Sums None { get; } = new();

    /// <summary>Bytes in the file.</summary>
    public long? Size { get; init; }

    /// <summary>The hash of the whole file.</summary>
    public Hash? Whole { get; init; }

    /// <summary>The hashes of its stretches.</summary>
    public StretchSums? Stretches { get; init; }

    /// <summary>Whether the two hashes were told by different sources.</summary>
    bool AreApart { get; init; }

    /// <summary>The hash of the whole file, where it says more than those of the stretches do. What one source says of one file it says by
    /// either: SHA-256 is computed once for each byte, not twice.</summary>
    public Hash? WholeToCheck => Size is not null && !AreApart && Stretches is { Hashes.IsEmpty: false } stretches && stretches.Hashes.All(hash => hash.Name != HashAlgorithmName.SHA1) ? null : Whole;

    /// <summary>The same, and what else is known; what both know must be the same.</summary>
    /// <exception cref="FormatException">They contradict each other.</exception>
    public Sums And(Sums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Size is { } size && other.Size is { } its && size != its)
            throw new FormatException($"The file is said to have {size} bytes, and to have {its}.");
        if (Whole is { } whole && other.Whole is { } also && whole.Name == also.Name && !whole.Equals(also))
            throw new FormatException($"The file's {whole.Name.Name} is said to be {whole}, and to be {also}.");
        var apart = Whole is not null && Stretches is not null ? AreApart : Whole is not null || Stretches is not null || other.AreApart;
        return new Sums { Size = Size ?? other.Size, Whole = Whole ?? other.Whole, Stretches = Stretches ?? other.Stretches, AreApart = apart };
    }
}
