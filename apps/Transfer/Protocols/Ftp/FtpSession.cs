using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>A control connection that is logged in, and what is known of its server.</summary>
internal sealed class FtpSession : IAsyncDisposable
{
    static readonly TimeSpan LongAgo = TimeSpan.FromDays(1);

    readonly FtpControl control;
    readonly ProtocolOptions options;
    readonly SslClientAuthenticationOptions? tls;
    bool knowsExtendedPassive = true;
    bool knowsSize = true;
    bool knowsTime = true;
    bool knowsMachineListing = true;
    bool speaksUtf8;
    bool owesReply;
    (string Path, FileFacts Facts)? last;

    FtpSession(FtpControl control, ProtocolOptions options, SslClientAuthenticationOptions? tls) =>
        (this.control, this.options, this.tls) = (control, options, tls);

    /// <summary>Whether it can be used again.</summary>
    public bool IsSound => control.IsSound;

    /// <summary>Connects and logs in.</summary>
    /// <param name="at">Where, and as whom.</param>
    /// <param name="secure">Under TLS, or not at all.</param>
    /// <param name="options">Clock, limits, trust.</param>
    /// <param name="cancel">The caller's.</param>
    public static async ValueTask<FtpSession> LogInAsync(FileAddress at, bool secure, ProtocolOptions options, CancellationToken cancel)
    {
        var login = Netrc.Find(options.Netrc, at.Endpoint.Host, at.Login) ?? new Login("anonymous", "smart@");
        var control = await FtpControl.ConnectAsync(at.Endpoint, options, cancel).ConfigureAwait(false);
        var session = new FtpSession(control, options, secure ? Resumable(at, options) : null);
        try
        {
            var greeting = await control.ReplyAsync(cancel).ConfigureAwait(false);
            if (greeting.Code == 120) greeting = await control.ReplyAsync(cancel).ConfigureAwait(false);
            Expect(greeting.Code == 220, greeting);
            if (secure) await session.SecureAsync(cancel).ConfigureAwait(false);
            await session.LogInAsync(login, cancel).ConfigureAwait(false);
            await session.DoAsync("TYPE I", cancel).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await control.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Servers demand that data connections resume the TLS session of the commands. A session of TLS 1.3 is resumed once only, and the
    // platform keeps one a name: two transfers at a time would take it from one another.
    static SslClientAuthenticationOptions Resumable(FileAddress at, ProtocolOptions options)
    {
        var tls = Tls.For(options, at.Endpoint);
#pragma warning disable CA5398 // See above.
        tls.EnabledSslProtocols = SslProtocols.Tls12;
#pragma warning restore CA5398
        return tls;
    }

    // RFC 4217 §4 and §9: nothing that matters is said before the handshake, and the data is as private as the commands.
    async ValueTask SecureAsync(CancellationToken cancel)
    {
        var reply = await control.AskAsync("AUTH TLS", cancel).ConfigureAwait(false);
        if (reply.Code != 234) throw new FileException(FileProblem.Unsupported, $"the server refuses TLS: {reply}");
        await control.SecureAsync(tls!, cancel).ConfigureAwait(false);
        await DoAsync("PBSZ 0", cancel).ConfigureAwait(false);
        await DoAsync("PROT P", cancel).ConfigureAwait(false);
    }

    async ValueTask LogInAsync(Login login, CancellationToken cancel)
    {
        if ((login.User + login.Password).Any(char.IsControl)) throw new FileException(FileProblem.Denied, "the user's name or password holds a control character");
        var reply = await control.AskAsync("USER " + login.User, cancel).ConfigureAwait(false);
        if (reply.Code == 331) reply = await control.AskAsync("PASS " + login.Password, cancel).ConfigureAwait(false);
        Expect(reply.Code is 230 or 202 or 232, reply);
    }

    /// <summary>Makes one that has waited ready for its next use.</summary>
    /// <returns>Whether it is.</returns>
    public async ValueTask<bool> WakeAsync(CancellationToken cancel)
    {
        try
        {
            if (owesReply)
            {
                owesReply = false;
                await control.ReplyAsync(cancel).ConfigureAwait(false);
                // Some say one thing of the transfer and another of its end: only who answers this with this is in step.
                if ((await control.AskAsync("NOOP", cancel).ConfigureAwait(false)).Code != 200) return false;
            }
            return control.IsQuiet;
        }
        catch (FileException)
        {
            return false;
        }
    }

    /// <summary>Size and time of a file, as far as the server tells them.</summary>
    public async ValueTask<FileFacts> FactsAsync(string path, CancellationToken cancel)
    {
        await SpeakUtf8Async(path, cancel).ConfigureAwait(false);
        var time = knowsTime ? await TellAsync("MDTM " + path, cancel).ConfigureAwait(false) : null;
        knowsTime &= time is not { IsUnknown: true };
        var modified = time is { Code: 213 } ? FtpTime.Parse(time.Lines[^1]) : null;
        // A file that has the time it had a moment ago has the size it had; but times count whole seconds, and clocks differ.
        if (modified < options.Time.GetUtcNow() - LongAgo && last is { } before && before.Path == path && before.Facts.Modified == modified) return before.Facts;
        var size = knowsSize ? await TellAsync("SIZE " + path, cancel).ConfigureAwait(false) : null;
        knowsSize &= size is not { IsUnknown: true };
        long? bytes = size is { Code: 213 } && long.TryParse(size.Lines[^1].AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var facts = new FileFacts { Size = bytes, Modified = modified, Version = modified is null ? null : Version(modified.Value, bytes) };
        last = (path, facts);
        return facts;
    }

    static string Version(DateTimeOffset modified, long? size) => string.Create(CultureInfo.InvariantCulture, $"{modified.UtcDateTime:yyyyMMddHHmmss.FFF}/{size}");

    /// <summary>Begins to read a file.</summary>
    /// <returns>The data connection, and where in the file it begins.</returns>
    public async ValueTask<(Stream Data, long Start)> RetrieveAsync(string path, long offset, CancellationToken cancel)
    {
        await SpeakUtf8Async(path, cancel).ConfigureAwait(false);
        return await TransferAsync("RETR " + path, offset, cancel).ConfigureAwait(false);
    }

    /// <summary>Begins to list a folder.</summary>
    /// <returns>The data connection, and whether the lines are MLSD's.</returns>
    public async ValueTask<(Stream Data, bool Machine)> ListAsync(string path, CancellationToken cancel)
    {
        await SpeakUtf8Async(path, cancel).ConfigureAwait(false);
        if (knowsMachineListing)
        {
            try
            {
                return ((await TransferAsync($"MLSD {path}".TrimEnd(), 0, cancel).ConfigureAwait(false)).Data, true);
            }
            catch (FileException error) when (error.Problem == FileProblem.Unsupported && IsSound)
            {
                knowsMachineListing = false;
            }
        }
        return ((await TransferAsync($"LIST {path}".TrimEnd(), 0, cancel).ConfigureAwait(false)).Data, false);
    }

    /// <summary>The data has come to its end: whether that was the file's.</summary>
    public async ValueTask EndAsync(CancellationToken cancel)
    {
        owesReply = false;
        var reply = await control.ReplyAsync(cancel).ConfigureAwait(false);
        if (!reply.IsDone) throw FtpFailure.Of(reply);
    }

    async ValueTask<(Stream Data, long Start)> TransferAsync(string command, long offset, CancellationToken cancel)
    {
        var port = await PassiveAsync(cancel).ConfigureAwait(false);
        var connecting = Dial.ConnectAsync(port.Host, port.Port, options, cancel).AsTask();
        Stream? data = null;
        try
        {
            if (offset > 0)
            {
                var restart = await control.AskAsync(string.Create(CultureInfo.InvariantCulture, $"REST {offset}"), cancel).ConfigureAwait(false);
                // A server that cannot begin there begins at the start; it is told, not hidden.
                if (restart.IsUnknown) offset = 0;
                else Expect(restart.IsIntermediate, restart);
            }
            await control.SendAsync(command, cancel).ConfigureAwait(false);
            data = new GatheringStream(await connecting.ConfigureAwait(false), options.Time);
            var begun = await control.ReplyAsync(cancel).ConfigureAwait(false);
            Expect(begun.IsPreliminary, begun);
            owesReply = true;
            if (tls is not null) data = await Dial.SecureAsync(data, tls, options, cancel).ConfigureAwait(false);
            return (data, offset);
        }
        catch
        {
            if (data is not null) await data.DisposeAsync().ConfigureAwait(false);
            else await GiveUpAsync(connecting).ConfigureAwait(false);
            throw;
        }
    }

    static async ValueTask GiveUpAsync(Task<Socket> connecting)
    {
        try
        {
            (await connecting.ConfigureAwait(false)).Dispose();
        }
        catch (Exception error) when (error is FileException or OperationCanceledException)
        {
            // What went wrong first is told.
        }
    }

    async ValueTask<(string Host, int Port)> PassiveAsync(CancellationToken cancel)
    {
        if (knowsExtendedPassive)
        {
            var reply = await control.AskAsync("EPSV", cancel).ConfigureAwait(false);
            if (reply.Code == 229) return (control.Address.ToString(), FtpPassive.Extended(reply.Lines[^1]));
            if (reply.Code / 100 != 5) throw FtpFailure.Of(reply);
            knowsExtendedPassive = false;
        }
        var plain = await control.AskAsync("PASV", cancel).ConfigureAwait(false);
        Expect(plain.Code == 227, plain);
        var told = FtpPassive.Plain(plain.Lines[^1]);
        return ((options.BelievePassiveAddress ? told.Address : control.Address).ToString(), told.Port);
    }

    // Servers that need to be told do so only for names beyond ASCII; those that know nothing of it send and take bytes as they are.
    async ValueTask SpeakUtf8Async(string path, CancellationToken cancel)
    {
        if (speaksUtf8 || path.All(char.IsAscii)) return;
        speaksUtf8 = true;
        await control.AskAsync("OPTS UTF8 ON", cancel).ConfigureAwait(false);
    }

    // A question whose answer may be no. That the server leaves is no answer.
    async ValueTask<FtpReply> TellAsync(string command, CancellationToken cancel)
    {
        var reply = await control.AskAsync(command, cancel).ConfigureAwait(false);
        return reply.Code == 421 ? throw FtpFailure.Of(reply) : reply;
    }

    async ValueTask DoAsync(string command, CancellationToken cancel)
    {
        var reply = await control.AskAsync(command, cancel).ConfigureAwait(false);
        Expect(reply.IsDone, reply);
    }

    static void Expect(bool holds, FtpReply reply)
    {
        if (!holds) throw FtpFailure.Of(reply);
    }

    public ValueTask DisposeAsync() => control.DisposeAsync();
}
