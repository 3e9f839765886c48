namespace SmartClients.Transfer.Protocols;

/// <summary>Which part of a file is wanted.</summary>
/// <param name="Offset">The first byte, counted from 0.</param>
/// <param name="Length">How many bytes; to the end of the file, when left out.</param>
public readonly record struct FilePart(long Offset = 0, long? Length = null)
{
    /// <summary>The first byte, counted from 0.</summary>
    public long Offset { get; } = Offset >= 0 ? Offset : throw new ArgumentOutOfRangeException(nameof(Offset), Offset, "A file begins at 0.");

    /// <summary>How many bytes; to the end of the file, when <see langword="null"/>.</summary>
    public long? Length { get; } = Length is null or > 0 ? Length : throw new ArgumentOutOfRangeException(nameof(Length), Length, "A part has a byte at least.");

    /// <summary>The <see cref="FileFacts.Version"/> that earlier parts came from. Another one is told as <see cref="FileProblem.Changed"/>.</summary>
    public string? Version { get; init; }

    /// <summary>All of it, of whatever version.</summary>
    public static FilePart Whole => default;

    /// <summary>Whether this is the whole file.</summary>
    public bool IsWhole => Offset == 0 && Length is null;
}
