using SmartClients.Cli.Shell;
using SmartClients.Discovery;
using SmartClients.Http.Directories;
using SmartClients.Http.Documents;
using SmartClients.Http.Etcd;
using SmartClients.Kubernetes;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Naming.Certified;
using SmartClients.Naming.State;

namespace SmartClients.Cli.Naming;

/// <summary>THE TABLE of names as the commands open them: every form there is, the directories, and the state on disk.</summary>
internal sealed class NameTable : IAsyncDisposable
{
    static readonly string[] WithoutState = ["list", "file"];

    readonly TimeProvider time;
    readonly DirectoryClient? directories;
    readonly Names names;

    /// <exception cref="FormatException">The directories cannot be read.</exception>
    public NameTable(NamingSettings settings, TimeProvider time)
    {
        this.time = time;
        State = settings.KeepState ? new StateFolder(null, Messages.Note, time) : null;
        var plain = Names.Core
            .WithDns()
            .WithHttp()
            .WithEtcd(EtcdEnvironment.Read(Environment.GetEnvironmentVariable))
            .WithKubernetes();
        var web = new WebFinder();
        if ((settings.Directories ?? DirectoryAddresses.FromEnvironment()) is { } asked)
            directories = new DirectoryClient(asked, new DirectoryClientOptions { Time = time }, plain);
        CertificateFinder known = directories is null
            ? new NoDirectories($"give --directory http://HOST:PORT, or set {DirectoryAddresses.Variable}") : new DirectoryFinder(directories);
        names = plain
            .WithServices(Certificates(known, new DnsFinder(web)))
            .WithCertificatesAt("http", Certificates(web))
            .WithCertificatesAt("https", Certificates(web));
    }

    /// <summary>Where state is kept; <see langword="null"/> for nowhere.</summary>
    public StateStore? State { get; }

    /// <summary>Opens a name. Where it leads to a certificate that is not known yet, or is asked for anew, that is had first: what it says
    /// is needed to make a director.</summary>
    /// <param name="name">The name, with or without a path.</param>
    /// <param name="defaultPort">For addresses that name no port; <see langword="null"/> where they must.</param>
    /// <param name="refresh">Whether to ask even if it is known.</param>
    /// <param name="limit">For the question.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FormatException">It cannot be read, or its certificate is not to be believed.</exception>
    /// <exception cref="IOException">No certificate can be had, or (<see cref="FileNotFoundException"/>) nobody knows the name.</exception>
    public async Task<OpenName> OpenAsync(ServiceName name, int? defaultPort, bool refresh, TimeSpan limit, CancellationToken cancel)
    {
        var bare = ServiceName.Parse(name.ToString());
        var source = names.Open(bare, new Opening(names, defaultPort));
        if (source is CertifiedNames { Keeper: var keeper } && (refresh || !CertificateKeeper.IsUsable(keeper.Current, time.GetUtcNow())))
            try
            {
                await keeper.RenewAsync(time, cancel).WaitAsync(limit, time, cancel);
            }
            catch (TimeoutException)
            {
                throw new IOException($"No certificate of {bare} was had within {limit.TotalSeconds:0.###} s.");
            }
        return new OpenName(bare.ToString(), source, WithoutState.Contains(bare.Form) ? null : State);
    }

    CertifiedNamesOptions Certificates(params CertificateFinder[] finders) => new() { Finders = [.. finders], State = State, Warn = Messages.Note, Time = time };

    public async ValueTask DisposeAsync()
    {
        if (directories is not null) await directories.DisposeAsync();
    }
}
