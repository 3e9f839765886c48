using Renci.SshNet;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>An SFTP session that is logged in.</summary>
internal sealed class SftpConnection : IAsyncDisposable
{
    SftpConnection(SftpClient client) => Client = client;

    public SftpClient Client { get; }

    /// <summary>Whether it can be used again.</summary>
    public bool IsSound
    {
        get => field && Client.IsConnected;
        set;
    } = true;

    /// <summary>Connects, checks who the host is, and logs in.</summary>
    public static async ValueTask<SftpConnection> OpenAsync(FileAddress at, ProtocolOptions options, CancellationToken cancel)
    {
        var folder = options.SshFolder ?? throw new FileException(FileProblem.Untrusted, "no folder with known_hosts is given, without which no host can be known");
        var login = Netrc.Find(options.Netrc, at.Endpoint.Host, at.Login);
        var user = login?.User ?? options.User ?? throw new FileException(FileProblem.Denied, "no user is given: write sftp://user@host");
        var keys = PrivateKeys.In(folder, out var skipped);
        var connection = new ConnectionInfo(at.Endpoint.Host, at.Endpoint.Port, user, Methods(user, login?.Password, keys)) { Timeout = options.ConnectLimit };
        var check = new HostCheck(new KnownHosts(Path.Combine(folder, "known_hosts")), at.Endpoint);
        HostKeys.Arrange(connection, check.Kinds);
        Ciphers.Arrange(connection);
        var client = new SftpClient(connection) { OperationTimeout = options.ReplyLimit };
        client.HostKeyReceived += (_, shown) => shown.CanTrust = check.Accepts(shown.HostKey);
        try
        {
            await Limits.RunAsync(options.Time, options.ConnectLimit, FileProblem.Unreachable, "no SSH connection",
                async token => await client.ConnectAsync(token).ConfigureAwait(false), cancel).ConfigureAwait(false);
            return new SftpConnection(client);
        }
        catch (Exception error)
        {
            Close(client);
            if (error is OperationCanceledException && cancel.IsCancellationRequested) throw;
            if (check.Refused is { } refused) throw refused;
            var failure = SftpFailure.WhileConnecting(error);
            throw failure.Problem == FileProblem.Denied && skipped.Count > 0
                ? new FileException(FileProblem.Denied, $"{failure.Message} (not tried: {string.Join(", ", skipped)})", error)
                : failure;
        }
        finally
        {
            foreach (var key in keys) key.Dispose();
        }
    }

    static AuthenticationMethod[] Methods(string user, string? password, PrivateKeyFile[] keys)
    {
        var methods = new List<AuthenticationMethod>();
        if (keys.Length > 0) methods.Add(new PrivateKeyAuthenticationMethod(user, keys));
        if (password is not null) methods.Add(new PasswordAuthenticationMethod(user, password));
        if (methods.Count == 0) methods.Add(new NoneAuthenticationMethod(user));
        return [.. methods];
    }

    // The library takes its leave of the server and waits for it; nobody here does.
    static void Close(SftpClient client) => _ = Task.Run(client.Dispose);

    public ValueTask DisposeAsync()
    {
        IsSound = false;
        Close(Client);
        return default;
    }
}
