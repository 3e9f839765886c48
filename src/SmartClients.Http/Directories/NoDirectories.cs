using System.Collections.Immutable;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Http.Directories;

/// <summary>Stands where directories would: whoever looks for a service is told how to name one.</summary>
/// <param name="how">How a directory is named to this program.</param>
public sealed class NoDirectories(string how = "set SmartClients:Directories in the configuration, or SMART_DIRECTORIES in the environment") : CertificateFinder
{
    /// <inheritdoc/>
    public override string Description => "no directory";

    /// <inheritdoc/>
    public override ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel) =>
        throw new FileNotFoundException($"none is known: {how}");
}
