using System.Collections.Immutable;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Benchmarks.Directories;

/// <summary>Finds one document, without a network.</summary>
sealed class GivenFinder(byte[] document) : CertificateFinder
{
    public override string Description => "given";

    public override ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel) =>
        new([new FoundCertificate(document, "given")]);
}
