using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace SmartClients.Testing;

/// <summary>
/// A real sshd on the loopback interface for the user who runs the test, with SFTP; and the folder of a person who may log in:
/// <c>id_ed25519</c>, and <c>known_hosts</c> as it comes.
/// </summary>
internal sealed class SshServer : IAsyncDisposable
{
    const int Tries = 5;

    readonly TemporaryFolder folder;
    readonly RunningProcess process;

    SshServer(TemporaryFolder folder, RunningProcess process, int port) => (this.folder, this.process, Port) = (folder, process, port);

    public int Port { get; }

    public int ProcessId => process.Id;

    public string User => Environment.UserName;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"sftp://127.0.0.1:{Port}");

    /// <summary>The folder of the person who logs in.</summary>
    public string ClientFolder => Path.Combine(folder.Path, "client");

    public string KnownHosts => Path.Combine(ClientFolder, "known_hosts");

    /// <summary>A folder for files to fetch.</summary>
    public string Root => Path.Combine(folder.Path, "root");

    /// <summary>Starts one, and waits until it takes connections.</summary>
    /// <param name="cancel">The test's.</param>
    /// <param name="port">The port; a free one, when left out.</param>
    /// <param name="kind">The kind of the host's key and the person's: ed25519, ecdsa, rsa.</param>
    /// <param name="settings">More of its configuration.</param>
    public static async Task<SshServer> StartAsync(CancellationToken cancel, int port = 0, string kind = "ed25519", params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            var listen = port == 0 ? FreePort.Find() : port;
            var folder = new TemporaryFolder();
            await PrepareAsync(folder, listen, kind, settings, cancel);
            var process = RunningProcess.Start("/usr/sbin/sshd", "-D", "-e", "-f", Path.Combine(folder.Path, "sshd_config"));
            var server = new SshServer(folder, process, listen);
            try
            {
                await Poll.UntilAsync(server.Answers, cancel);
                return server;
            }
            catch (InvalidOperationException) when (attempt < Tries && port == 0)
            {
                // Somebody else took the port in between.
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Puts a file where it can be fetched, and tells its path in a URL.</summary>
    public string Put(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, name))!);
        File.WriteAllBytes(Path.Combine(Root, name), content);
        return Root + "/" + Uri.EscapeDataString(name);
    }

    /// <summary>Sends it, and whom it has started for its connections, a signal: KILL, STOP, CONT.</summary>
    public Task SignalAsync(string name, CancellationToken cancel) => ProcessTree.SignalAsync(process.Id, name, cancel);

    bool Answers()
    {
        if (process.HasExited) throw new InvalidOperationException("sshd has ended: " + process.Errors);
        try
        {
            using var socket = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static async Task PrepareAsync(TemporaryFolder folder, int port, string kind, string[] settings, CancellationToken cancel)
    {
        // For the separation of rights; a system without the running service does not have it.
        if (Environment.IsPrivilegedProcess) Directory.CreateDirectory("/run/sshd");
        Directory.CreateDirectory(Path.Combine(folder.Path, "root"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "client"));
        await KeyAsync(kind, Path.Combine(folder.Path, "host_key"), cancel);
        var mine = Path.Combine(folder.Path, "client", "id_" + kind);
        await KeyAsync(kind, mine, cancel);
        File.Copy(mine + ".pub", Path.Combine(folder.Path, "authorized_keys"));
        folder.Write("sshd_config", $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {folder.Path}/host_key
            AuthorizedKeysFile {folder.Path}/authorized_keys
            PidFile none
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            UsePAM no
            StrictModes no
            PermitRootLogin prohibit-password
            PermitUserEnvironment no
            MaxStartups 100
            Subsystem sftp internal-sftp
            {string.Join('\n', settings)}

            """);
    }

    static async Task KeyAsync(string kind, string file, CancellationToken cancel)
    {
        using var keygen = Process.Start("ssh-keygen", ["-q", "-t", kind, "-N", "", "-C", "test", "-f", file]);
        await keygen.WaitForExitAsync(cancel);
        if (keygen.ExitCode != 0) throw new InvalidOperationException($"ssh-keygen ended with {keygen.ExitCode}");
    }

    public async ValueTask DisposeAsync()
    {
        await SignalAsync("KILL", CancellationToken.None);
        await process.DisposeAsync();
        folder.Dispose();
    }
}
