using SmartClients.Testing;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Tests.Protocols.Sites;

/// <summary>A real server of one protocol, and how it is spoken to.</summary>
internal abstract class Site : IAsyncDisposable
{
    /// <summary>THE TABLE: a server for every scheme.</summary>
    static readonly Dictionary<string, Func<CancellationToken, Task<Site>>> Table = new()
    {
        ["ftp"] = async cancel => new FtpSite(await VsftpdServer.StartAsync(cancel), new ProtocolOptions()),
        ["ftps"] = FtpSite.StartSecureAsync,
        ["http"] = async cancel => new HttpSite(await Nginx.StartAsync(cancel, "autoindex on;"), null, 0),
        ["https"] = HttpSite.StartSecureAsync,
        ["sftp"] = async cancel => new SftpSite(await SshServer.StartAsync(cancel)),
    };

    public static Task<Site> StartAsync(string scheme, CancellationToken cancel) => Table[scheme](cancel);

    public abstract ProtocolOptions Options { get; }

    /// <summary>Has it serve a file.</summary>
    public abstract void Put(string name, ReadOnlySpan<byte> content);

    /// <summary>Where it serves a file of this name.</summary>
    public abstract FileAddress Of(string name);

    public abstract Task SignalAsync(string name, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();
}
