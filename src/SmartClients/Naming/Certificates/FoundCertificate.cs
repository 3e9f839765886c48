namespace SmartClients.Naming.Certificates;

/// <summary>A document that claims to be a service's certificate, unchecked.</summary>
/// <param name="Document">Its bytes, as they came.</param>
/// <param name="Origin">Where it came from, for messages: <c>directory 10.0.0.1:80</c>.</param>
public sealed record FoundCertificate(ReadOnlyMemory<byte> Document, string Origin);
