namespace SmartClients.Cli.Resolving;

/// <summary>The certificate that a name led to.</summary>
internal sealed record CertificateReport(long Serial, DateTimeOffset Issued, DateTimeOffset Expires, string Key);
