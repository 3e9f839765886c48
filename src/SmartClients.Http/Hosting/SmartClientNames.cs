using Microsoft.Extensions.Logging;
using SmartClients.Http.Directories;
using SmartClients.Http.Documents;
using SmartClients.Http.Etcd;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Naming.Certified;
using SmartClients.Naming.State;

namespace SmartClients.Http.Hosting;

/// <summary>The names that a program can resolve: one table for each set of directories, and one place for all state. A singleton in the
/// container. Safe for concurrent use.</summary>
internal sealed class SmartClientNames : IAsyncDisposable, IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<string, Names> tables = [];
    readonly List<DirectoryClient> directories = [];
    readonly SmartClientNamesOptions options;
    readonly ILogger log;

    public SmartClientNames(SmartClientNamesOptions options, ILogger log)
    {
        (this.options, this.log) = (options, log);
        if (options.StateFolder is not "") State = new StateFolder(options.StateFolder, Warn);
    }

    /// <summary>Where state is kept; <see langword="null"/> for nowhere.</summary>
    public StateStore? State { get; }

    /// <summary>The source that a name leads to. Cheap, and nothing begins by it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="asked">The directories of this client; the program's own when left out.</param>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public NameSource Open(string name, string? asked)
    {
        var names = Table(asked ?? options.Directories ?? DirectoryAddresses.FromEnvironment() ?? "");
        return names.Open(ServiceName.Parse(name), new Opening(names) { Addresses = options.Addresses });
    }

    Names Table(string asked)
    {
        lock (gate)
        {
            if (tables.TryGetValue(asked, out var known)) return known;
            var plain = options.Complete(Names.Core.WithHttp().WithEtcd());
            var web = new WebFinder(rules: options.Addresses);
            CertificateFinder[] finders = asked.Length > 0 ? [new DirectoryFinder(Directory(asked, plain)), .. options.Finders]
                : options.Finders.Count > 0 ? [.. options.Finders] : [new NoDirectories()];
            return tables[asked] = plain.WithServices(With(finders)).WithCertificatesAt("http", With([web])).WithCertificatesAt("https", With([web]));
        }
    }

    DirectoryClient Directory(string asked, Names names)
    {
        var client = new DirectoryClient(asked, names: names);
        directories.Add(client);
        return client;
    }

    CertifiedNamesOptions With(CertificateFinder[] finders) => new() { Finders = [.. finders], State = State, Warn = Warn };

    void Warn(string text) => NameLog.Warning(log, text);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in directories) await client.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisposeAsync"/>, for a container that is disposed synchronously: nothing waits for anything but timers.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
