using System.Security.Cryptography;

namespace SmartClients.Transfer.Checking;

/// <summary>A hash that bytes should have.</summary>
public sealed class Hash : IEquatable<Hash>
{
    static readonly (string Word, HashAlgorithmName Name, int Length)[] Known =
    [
        ("sha-256", HashAlgorithmName.SHA256, 32), ("sha-512", HashAlgorithmName.SHA512, 64), ("sha-384", HashAlgorithmName.SHA384, 48), ("sha-1", HashAlgorithmName.SHA1, 20),
    ];

    readonly byte[] value;

    /// <summary>A hash of a kind that is known here.</summary>
    /// <exception cref="FormatException">It has not the length of its kind.</exception>
    public Hash(HashAlgorithmName name, ReadOnlySpan<byte> value)
    {
        var length = Array.Find(Known, known => known.Name == name).Length;
        if (value.Length != length) throw new FormatException($"A {name.Name} has {length} bytes, not {value.Length}.");
        (Name, this.value) = (name, value.ToArray());
    }

    /// <summary>Its kind.</summary>
    public HashAlgorithmName Name { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Value => value;

    /// <summary>How much a kind is to be trusted: the lower, the more; <see langword="null"/> for one that is not known here.</summary>
    /// <param name="word">As Metalink and HTTP write it: <c>sha-256</c>.</param>
    public static int? Rank(string word) => Array.FindIndex(Known, known => known.Word.Equals(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? at : null;

    /// <summary>Reads a hash in hexadecimal.</summary>
    /// <param name="word">Its kind: <c>sha-256</c>.</param>
    /// <param name="hex">The digits.</param>
    /// <exception cref="FormatException">The kind is not known, or the digits are none, or too few.</exception>
    public static Hash Parse(string word, string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        if (Rank(word) is not { } rank) throw new FormatException($"'{word}' is not a kind of hash that is known here: {string.Join(", ", Known.Select(k => k.Word))}.");
        try
        {
            return new Hash(Known[rank].Name, Convert.FromHexString(hex.Trim()));
        }
        catch (FormatException)
        {
            throw new FormatException($"'{(hex.Length > 140 ? hex[..140] + "…" : hex)}' is not a {Known[rank].Word}: {2 * Known[rank].Length} hexadecimal digits.");
        }
    }

    /// <summary>Whether the bytes have this hash.</summary>
    public bool IsOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> its = stackalloc byte[64];
        return CryptographicOperations.TryHashData(Name, bytes, its, out var length) && its[..length].SequenceEqual(value);
    }

    /// <inheritdoc/>
    public bool Equals(Hash? other) => other is not null && Name == other.Name && value.AsSpan().SequenceEqual(other.value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Hash);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(value);

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(value);
}
