using System.Net.Http.Headers;

namespace SmartClients.Http.Documents;

/// <summary>A document as a web server gave it.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Tag">Its ETag.</param>
/// <param name="Modified">When it was last modified.</param>
/// <param name="Fresh">How much longer the server lets it be believed; <see langword="null"/> where it does not say.</param>
internal sealed record Document(ReadOnlyMemory<byte> Bytes, EntityTagHeaderValue? Tag, DateTimeOffset? Modified, TimeSpan? Fresh);
