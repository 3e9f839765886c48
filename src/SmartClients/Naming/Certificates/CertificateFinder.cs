using System.Collections.Immutable;

namespace SmartClients.Naming.Certificates;

/// <summary>Somewhere that certificates are kept by name: directories, a web server, DNS. It is believed nothing: whoever asks checks
/// each document (<see cref="Trust"/>). Safe for concurrent use.</summary>
public abstract class CertificateFinder
{
    /// <summary>What this is, for people: <c>directories list:a:80,b:80</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The documents that a name leads to; of several places asked, one each. None when every place that answered knows no such name.</summary>
    /// <param name="name">A name without a path.</param>
    /// <param name="time">The clock to go by.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FileNotFoundException">There is nobody to ask here; the message says how to name somebody.</exception>
    /// <exception cref="IOException">Nobody answered in time, or what came was no answer; the message says of each place why.</exception>
    public abstract ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel);
}
