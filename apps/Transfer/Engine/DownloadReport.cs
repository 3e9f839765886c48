using System.Collections.Immutable;

namespace SmartClients.Transfer.Engine;

/// <summary>A file that was had.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal, where that was asked for.</param>
/// <param name="Resumed">Bytes that an earlier call had left.</param>
/// <param name="Sources">Who delivered it.</param>
public sealed record DownloadReport(long Bytes, TimeSpan Time, string? Sha256, long Resumed, ImmutableArray<SourceReport> Sources)
{
    /// <summary>When it was modified, as the mirror says that delivered the most of it; <see langword="null"/> when none says.</summary>
    public DateTimeOffset? Modified { get; init; }
}
