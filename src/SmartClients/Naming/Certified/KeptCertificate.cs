using SmartClients.Naming.Certificates;

namespace SmartClients.Naming.Certified;

/// <summary>A certificate that is believed.</summary>
/// <param name="Envelope">The document.</param>
/// <param name="Fetched">When it was last had, or found to be still the newest.</param>
/// <param name="Origin">Where from, for people.</param>
public sealed record KeptCertificate(SignedCertificate Envelope, DateTimeOffset Fetched, string Origin);
