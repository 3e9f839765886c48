using System.Collections.Immutable;

namespace SmartClients.Transfer.Engine;

/// <summary>How far a download has come.</summary>
/// <param name="Bytes">Bytes that are there.</param>
/// <param name="Size">Bytes in the file; <see langword="null"/> while that is not known.</param>
/// <param name="Sources">Who delivered them.</param>
public sealed record DownloadProgress(long Bytes, long? Size, ImmutableArray<SourceReport> Sources);
