namespace SmartClients.Cli.Resolving;

/// <summary>What a name leads to, as a document.</summary>
/// <param name="Name">The name.</param>
/// <param name="Members">Its members.</param>
/// <param name="Certificate">The certificate behind the name; none for names that need none.</param>
/// <param name="Source">Where the members were learnt.</param>
/// <param name="AgeS">How long ago, in seconds.</param>
internal sealed record ResolveReport(string Name, IReadOnlyList<MemberReport> Members, CertificateReport? Certificate, string Source, double AgeS);
