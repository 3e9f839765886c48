using System.Globalization;
using Renci.SshNet.Sftp;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>Files by SFTP, over SSH.NET. A connection serves one file at a time, is kept, and serves the next.</summary>
internal sealed class SftpFiles(ProtocolOptions options) : FileProtocol
{
    const int MostEntries = 100_000;

    readonly KeptConnections<SftpConnection> kept = new(options.Time, options.IdleLimit);

    public override ValueTask<RemoteFile> OpenAsync(FileAddress at, FilePart part, CancellationToken cancel) => UseAsync(at, async (connection, token) =>
    {
        var facts = Facts(await connection.Client.GetAttributesAsync(PathOf(at), token).ConfigureAwait(false));
        if (part.Version is { } wanted && facts.Version != wanted)
            throw new FileException(FileProblem.Changed, "the file has changed since its other parts were fetched");
        if (part.Offset > facts.Size) throw new FileException(FileProblem.BeyondEnd, $"the file ends at {facts.Size}");
        var file = await connection.Client.OpenAsync(PathOf(at), FileMode.Open, FileAccess.Read, token).ConfigureAwait(false);
        if (part.Offset > 0) file.Position = part.Offset;
        var rest = facts.Size - part.Offset;
        var promised = part.Length is { } length ? Math.Min(length, rest ?? length) : rest;
        return new RemoteFile(facts, part.Offset, honoured: true, new SftpPart(file, connection, one => GiveBackAsync(at, one), promised, options));
    }, returns: false, cancel);

    public override ValueTask<FileFacts> LookAsync(FileAddress at, CancellationToken cancel) => UseAsync(at,
        async (connection, token) => Facts(await connection.Client.GetAttributesAsync(PathOf(at), token).ConfigureAwait(false)), returns: true, cancel);

    public override ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileAddress at, CancellationToken cancel) => UseAsync(at, async (connection, token) =>
    {
        var entries = new List<FolderEntry>();
        await foreach (var entry in connection.Client.ListDirectoryAsync(PathOf(at), token).ConfigureAwait(false))
        {
            if (!EntryName.IsSafe(entry.Name) || !entry.IsDirectory && !entry.IsRegularFile) continue;
            if (entries.Count == MostEntries) throw new FileException(FileProblem.Malformed, $"the folder has more than {MostEntries} entries");
            entries.Add(new FolderEntry(entry.Name, entry.IsDirectory, entry.IsDirectory ? null : entry.Attributes.Size, Modified(entry.Attributes)));
        }
        return (IReadOnlyList<FolderEntry>)entries;
    }, returns: true, cancel);

    async ValueTask<T> UseAsync<T>(FileAddress at, Func<SftpConnection, CancellationToken, ValueTask<T>> work, bool returns, CancellationToken cancel)
    {
        while (kept.Take(Key(at)) is { } connection)
        {
            if (connection.IsSound) return await WorkAsync(at, connection, work, returns, cancel).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        return await WorkAsync(at, await SftpConnection.OpenAsync(at, options, cancel).ConfigureAwait(false), work, returns, cancel).ConfigureAwait(false);
    }

    async ValueTask<T> WorkAsync<T>(
        FileAddress at, SftpConnection connection, Func<SftpConnection, CancellationToken, ValueTask<T>> work, bool returns, CancellationToken cancel)
    {
        var done = false;
        try
        {
            var result = await Limits.RunAsync(options.Time, options.ReplyLimit, FileProblem.TimedOut, "no reply", token => work(connection, token), cancel).ConfigureAwait(false);
            done = true;
            return result;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            var failure = SftpFailure.WhileAsking(error);
            connection.IsSound &= failure.Problem is not (FileProblem.TimedOut or FileProblem.Broken);
            throw failure;
        }
        finally
        {
            if (returns || !done) await GiveBackAsync(at, connection).ConfigureAwait(false);
        }
    }

    static FileFacts Facts(SftpFileAttributes attributes)
    {
        if (attributes.IsDirectory) throw new FileException(FileProblem.Missing, "it is a folder");
        var modified = Modified(attributes);
        return new FileFacts
        {
            Size = attributes.Size,
            Modified = modified,
            Version = string.Create(CultureInfo.InvariantCulture, $"{modified:yyyyMMddHHmmss}/{attributes.Size}"),
            Ranges = true,
        };
    }

    static DateTimeOffset Modified(SftpFileAttributes attributes) => new(DateTime.SpecifyKind(attributes.LastWriteTimeUtc, DateTimeKind.Utc));

    // At the root, but where the address says that the login's own folder is meant.
    static string PathOf(FileAddress at) => Uri.UnescapeDataString(at.Path.StartsWith("/~/", StringComparison.Ordinal) ? at.Path[3..] : at.Path);

    ValueTask GiveBackAsync(FileAddress at, SftpConnection connection) =>
        connection.IsSound ? kept.PutAsync(Key(at), connection) : connection.DisposeAsync();

    static string Key(FileAddress at) => $"{at.Endpoint.Address} {at.Login?.User} {at.Login?.Password}";

    public override ValueTask DisposeAsync() => kept.DisposeAsync();
}
