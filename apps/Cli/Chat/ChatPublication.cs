using System.CommandLine;
using System.Net;
using SmartClients.Chat.Server;
using SmartClients.Cli.Directories;
using SmartClients.Cli.Keys;
using SmartClients.Cli.Shell;
using SmartClients.Http.Directories;
using SmartClients.Naming;

namespace SmartClients.Cli.Chat;

/// <summary>What a chat server publishes itself by: a name, a key, directories, and the address that clients reach it by.</summary>
internal sealed class ChatPublication
{
    const string Secure = "https://";

    readonly Option<string?> name = new("--publish") { Description = "Publish the servers under this name, with --key.", HelpName = "name" };
    readonly Option<string?> key = new("--key") { Description = "The service's private key, in PEM.", HelpName = "file" };
    readonly Option<string[]> directories = DirectoryParameter.Option();
    readonly Option<string?> address = new("--address")
    {
        Description = "What clients reach this server by, HOST:PORT, or https://HOST where a proxy speaks TLS; for all servers of the group or none. Default: where it listens.",
        HelpName = "address",
    };

    public IEnumerable<Option> Options => [name, key, directories, address];

    /// <summary>Finds fault before the server listens.</summary>
    /// <exception cref="UsageException">The published address would be nobody's, or is none.</exception>
    public void Check(ParseResult parsed, IPEndPoint listen)
    {
        if (parsed.GetValue(address) is { } given)
        {
            if (IPAddress.TryParse(Reached(given).Self.Host, out var ip) && IsEvery(ip)) throw new UsageException($"--address {given} is every address of this machine: write the one that clients reach it by");
        }
        else if (parsed.GetValue(name) is not null && IsEvery(listen.Address))
            throw new UsageException($"--publish needs --address HOST:PORT where --listen is {listen}: no client can reach that");
    }

    /// <summary>Whether an address is this server's own, as far as that can be seen.</summary>
    public bool IsSelf(ParseResult parsed, IPEndPoint listen, Uri peer)
    {
        var host = peer.Host.Trim('[', ']');
        if (parsed.GetValue(address) is { } given && Reached(given).Self.Equals(new Endpoint(host, peer.Port))) return true;
        if (peer.Port != listen.Port) return false;
        if (!IPAddress.TryParse(host, out var ip)) ip = host == "localhost" ? IPAddress.Loopback : IPAddress.None;
        return ip.Equals(listen.Address) || IPAddress.IsLoopback(ip) && IsEvery(listen.Address);
    }

    static bool IsEvery(IPAddress ip) => ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any);

    /// <summary>The name with its key, as the page is told it; <see langword="null"/> where nothing is published.</summary>
    public async Task<string?> NameAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(name) is not { } service || parsed.GetValue(key) is not { } file) return null;
        using var signing = await InputFile.KeyAsync(file, cancel);
        return ServiceName.OfService(Bare(service), signing.Thumbprint).ToString();
    }

    /// <summary>The directories that the page asks.</summary>
    public string? Directories(ParseResult parsed) => parsed.GetValue(name) is null ? null
        : parsed.GetValue(directories) is { Length: > 0 } given ? string.Join(',', given) : DirectoryAddresses.FromEnvironment();

    /// <summary>Keeps the certificate published once the server listens; does nothing where that was not asked for.</summary>
    /// <exception cref="UsageException">What it needs is missing or wrong.</exception>
    public async Task RunAsync(ParseResult parsed, ChatServerOptions options, Uri listening, TimeProvider time, CancellationToken stop)
    {
        if (parsed.GetValue(name) is not { } service) return;
        var keyFile = parsed.GetValue(key) ?? throw new UsageException("--publish needs the service's key: give --key FILE (smart key new).");
        using var signing = await InputFile.KeyAsync(keyFile, stop);
        await using var client = DirectoryParameter.Open(parsed.GetValue(directories), time);
        // By which address clients reach the peers only these know, where it is not the one that they listen at: each adds its own to what the others
        // have published.
        var others = parsed.GetValue(address) is not null;
        var (scheme, self) = parsed.GetValue(address) is { } given ? Reached(given) : ("http", new Endpoint(listening.Host.Trim('[', ']'), listening.Port));
        if (!others && options.Peers.FirstOrDefault(peer => peer.Scheme != scheme) is { } secure)
            throw new UsageException($"--peer {secure.OriginalString} would be published beside this server, and clients speak http to that: give each server its --address");
        IReadOnlyList<Endpoint> members = others ? [self] : [self, .. options.Peers.Select(peer => new Endpoint(peer.Host.Trim('[', ']'), peer.Port))];
        await new OwnCertificate(ServiceName.OfService(Bare(service)), signing, keyFile, client, members, scheme, complete: options.Redis is null && !others, time).RunAsync(stop);
    }

    static (string Scheme, Endpoint Self) Reached(string given)
    {
        var scheme = given.StartsWith(Secure, StringComparison.Ordinal) ? "https" : "http";
        return scheme == "https" ? (scheme, Endpoint.Parse(given[Secure.Length..].TrimEnd('/'), 443)) : (scheme, Endpoint.Parse(given));
    }

    static string Bare(string text) => text.StartsWith("service://", StringComparison.Ordinal) ? text["service://".Length..] : text;
}
