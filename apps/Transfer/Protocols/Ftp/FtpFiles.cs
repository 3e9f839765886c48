using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>Files by FTP, or by FTP under TLS. Control connections are kept and used again.</summary>
internal sealed class FtpFiles(ProtocolOptions options, bool secure) : FileProtocol
{
    readonly KeptConnections<FtpSession> kept = new(options.Time, options.IdleLimit);

    public override ValueTask<RemoteFile> OpenAsync(FileAddress at, FilePart part, CancellationToken cancel) => UseAsync(at, async session =>
    {
        var path = FtpPath.Of(at);
        var facts = await session.FactsAsync(path, cancel).ConfigureAwait(false);
        if (part.Version is { } wanted && facts.Version is { } version && version != wanted)
            throw new FileException(FileProblem.Changed, "the file has changed since its other parts were fetched");
        if (part.Offset > facts.Size) throw new FileException(FileProblem.BeyondEnd, $"the file ends at {facts.Size}");
        var (data, start) = await session.RetrieveAsync(path, part.Offset, cancel).ConfigureAwait(false);
        var honoured = start == part.Offset;
        var rest = facts.Size - start;
        var promised = honoured && part.Length is { } length ? Math.Min(length, rest ?? length) : rest;
        facts = facts with { Ranges = start > 0 ? true : honoured ? null : false };
        return new RemoteFile(facts, start, honoured, new FtpPart(data, session, one => GiveBackAsync(at, one), promised is null || promised == rest, promised, options));
    }, returns: false, cancel);

    public override ValueTask<FileFacts> LookAsync(FileAddress at, CancellationToken cancel) => UseAsync(at, async session =>
    {
        var facts = await session.FactsAsync(FtpPath.Of(at), cancel).ConfigureAwait(false);
        return facts.Size is null && facts.Modified is null ? throw new FileException(FileProblem.Missing, "the server tells neither size nor time of it") : facts;
    }, returns: true, cancel);

    public override ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileAddress at, CancellationToken cancel) => UseAsync(at, async session =>
    {
        var (data, machine) = await session.ListAsync(FtpPath.Of(at), cancel).ConfigureAwait(false);
        await using var part = new FtpPart(data, session, static _ => default, toTheEnd: true, promised: null, options);
        var text = await LimitedText.ReadAsync(part, cancel).ConfigureAwait(false);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'));
        return (IReadOnlyList<FolderEntry>)[.. lines.Select(line => machine ? MachineListing.Parse(line) : PlainListing.Parse(line)).OfType<FolderEntry>()];
    }, returns: true, cancel);

    // A kept connection that turns out to be dead was never tried: the work goes to a new one.
    async ValueTask<T> UseAsync<T>(FileAddress at, Func<FtpSession, ValueTask<T>> work, bool returns, CancellationToken cancel)
    {
        while (kept.Take(Key(at)) is { } session)
        {
            if (!await WakesAsync(session, cancel).ConfigureAwait(false)) continue;
            try
            {
                return await WorkAsync(at, session, work, returns).ConfigureAwait(false);
            }
            catch (FileException error) when (error.Problem == FileProblem.Broken && !session.IsSound)
            {
                // It was closed just now, for it had waited too long.
            }
        }
        return await WorkAsync(at, await FtpSession.LogInAsync(at, secure, options, cancel).ConfigureAwait(false), work, returns).ConfigureAwait(false);
    }

    static async ValueTask<bool> WakesAsync(FtpSession session, CancellationToken cancel)
    {
        try
        {
            if (await session.WakeAsync(cancel).ConfigureAwait(false)) return true;
            await session.DisposeAsync().ConfigureAwait(false);
            return false;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    async ValueTask<T> WorkAsync<T>(FileAddress at, FtpSession session, Func<FtpSession, ValueTask<T>> work, bool returns)
    {
        var done = false;
        try
        {
            var result = await work(session).ConfigureAwait(false);
            done = true;
            return result;
        }
        finally
        {
            if (returns || !done) await GiveBackAsync(at, session).ConfigureAwait(false);
        }
    }

    ValueTask GiveBackAsync(FileAddress at, FtpSession session) => session.IsSound ? kept.PutAsync(Key(at), session) : session.DisposeAsync();

    static string Key(FileAddress at) => $"{at.Endpoint.Address} {at.Endpoint.Authority} {at.Login?.User} {at.Login?.Password}";

    public override ValueTask DisposeAsync() => kept.DisposeAsync();
}
