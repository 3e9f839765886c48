using System.Collections.Immutable;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Http.Directories;

/// <summary>
/// Finds certificates in directories: two different ones are asked at once, and both answers are given, so that one that is behind, or
/// lies, is found out. One that answers is enough. Nothing that they say is believed here.
/// </summary>
/// <param name="directories">Whom to ask; not disposed with this.</param>
public sealed class DirectoryFinder(DirectoryClient directories) : CertificateFinder
{
    /// <inheritdoc/>
    public override string Description => directories.Description;

    /// <inheritdoc/>
    public override ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(time);
        return name.Form == "service" ? directories.FindAsync(name.Value, time, cancel)
            : throw new ArgumentException($"'{name}' is not the name of a service: directories know service://NAME only.", nameof(name));
    }
}
