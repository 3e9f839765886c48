using System.Collections.Frozen;
using SmartClients.Transfer.Protocols.Ftp;
using SmartClients.Transfer.Protocols.Http;
using SmartClients.Transfer.Protocols.Sftp;

namespace SmartClients.Transfer.Protocols;

/// <summary>THE TABLE of protocols: scheme, usual port and constructor, one line each. An instance holds the protocols that were used
/// so far, and their connections.</summary>
public sealed class Schemes(ProtocolOptions options) : IAsyncDisposable
{
    static readonly FrozenDictionary<string, (int Port, Func<ProtocolOptions, FileProtocol> Make)> Table =
        new Dictionary<string, (int, Func<ProtocolOptions, FileProtocol>)>
        {
            ["ftp"] = (21, static options => new FtpFiles(options, secure: false)),
            ["ftps"] = (21, static options => new FtpFiles(options, secure: true)),
            ["http"] = (80, static options => new HttpFiles(options)),
            ["https"] = (443, static options => new HttpFiles(options)),
            ["sftp"] = (22, static options => new SftpFiles(options)),
        }.ToFrozenDictionary();

    readonly Dictionary<string, FileProtocol> used = [];

    /// <summary>Every scheme, in alphabetical order.</summary>
    public static IEnumerable<string> Names => Table.Keys.Order(StringComparer.Ordinal);

    /// <summary>The port that a scheme means when none is given; <see langword="null"/> when there is no such scheme.</summary>
    public static int? DefaultPort(string scheme) => Table.TryGetValue(scheme, out var row) ? row.Port : null;

    /// <summary>The protocol of a scheme: the same one at each call.</summary>
    /// <exception cref="ArgumentException">No such scheme; the message lists all.</exception>
    public FileProtocol Of(string scheme)
    {
        if (!Table.TryGetValue(scheme, out var row))
            throw new ArgumentException($"'{scheme}' is not a scheme for files: {string.Join(", ", Names)}.", nameof(scheme));
        lock (used) return used.TryGetValue(scheme, out var known) ? known : used[scheme] = row.Make(options);
    }

    /// <summary>Closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        FileProtocol[] all;
        lock (used)
        {
            all = [.. used.Values];
            used.Clear();
        }
        foreach (var protocol in all) await protocol.DisposeAsync().ConfigureAwait(false);
    }
}
