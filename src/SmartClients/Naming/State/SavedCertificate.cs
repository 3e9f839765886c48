namespace SmartClients.Naming.State;

/// <summary>A service's certificate as it came. It is checked again before it is believed.</summary>
/// <param name="Document">The envelope's bytes: UTF-8.</param>
/// <param name="Fetched">When it was last had from somewhere, or found to be still the newest one.</param>
/// <param name="Origin">Where from, for people: <c>directory 10.0.0.1:80</c>.</param>
public sealed record SavedCertificate(ReadOnlyMemory<byte> Document, DateTimeOffset Fetched, string Origin);
