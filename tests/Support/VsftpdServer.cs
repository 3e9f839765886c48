using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SmartClients.Testing;

/// <summary>A real vsftpd on the loopback interface: anonymous users read the files of its folder.</summary>
internal sealed class VsftpdServer : IAsyncDisposable
{
    const int Tries = 5;

    readonly TemporaryFolder folder;
    readonly RunningProcess process;

    VsftpdServer(TemporaryFolder folder, RunningProcess process, int port) => (this.folder, this.process, Port) = (folder, process, port);

    public int Port { get; }

    public int ProcessId => process.Id;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"ftp://127.0.0.1:{Port}");

    /// <summary>Every command and reply so far.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    string LogFile => Path.Combine(folder.Path, "vsftpd.log");

    /// <summary>Starts one, and waits until it takes connections.</summary>
    /// <param name="cancel">The test's.</param>
    /// <param name="settings">More of its configuration: <c>anon_max_rate=20000000</c>.</param>
    public static async Task<VsftpdServer> StartAsync(CancellationToken cancel, params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Find();
            var folder = new TemporaryFolder();
            Prepare(folder, port, settings);
            var server = new VsftpdServer(folder, RunningProcess.Start("vsftpd", Path.Combine(folder.Path, "vsftpd.conf")), port);
            try
            {
                await Poll.UntilAsync(server.Answers, cancel);
                return server;
            }
            catch (InvalidOperationException) when (attempt < Tries)
            {
                // Somebody else took the port in between.
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Starts one that speaks TLS, with this certificate and no plain logins.</summary>
    public static async Task<VsftpdServer> StartSecureAsync(X509Certificate2 certificate, CancellationToken cancel, params string[] settings)
    {
        // It reads the file before it takes its first connection.
        using var keys = new TemporaryFolder();
        using var key = certificate.GetRSAPrivateKey()!;
        var pem = keys.Write("server.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return await StartAsync(cancel,
        [
            "ssl_enable=YES", "allow_anon_ssl=YES", "force_anon_logins_ssl=YES", "force_anon_data_ssl=YES", "require_ssl_reuse=YES",
            "ssl_ciphers=HIGH", $"rsa_cert_file={pem}", .. settings,
        ]);
    }

    /// <summary>Has it serve a file.</summary>
    public void Put(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(folder.Path, "root", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    /// <summary>Where its files are.</summary>
    public string PathOf(string name) => Path.Combine(folder.Path, "root", name);

    /// <summary>Sends it, and whom it has started for its connections, a signal: KILL, STOP, CONT.</summary>
    public Task SignalAsync(string name, CancellationToken cancel) => ProcessTree.SignalAsync(process.Id, name, cancel);

    bool Answers()
    {
        if (process.HasExited) throw new InvalidOperationException("vsftpd has ended: " + process.Output + process.Errors);
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

    static void Prepare(TemporaryFolder folder, int port, string[] settings)
    {
        // It gives up root's rights for those of a user who must be able to come here.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32("755", 8));
        Directory.CreateDirectory(Path.Combine(folder.Path, "root"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "empty"));
        folder.Write("vsftpd.conf", $"""
            listen=YES
            listen_address=127.0.0.1
            listen_port={port}
            background=NO
            anonymous_enable=YES
            no_anon_password=YES
            anon_root={folder.Path}/root
            secure_chroot_dir={folder.Path}/empty
            ftp_username=ftp
            run_as_launching_user={(Environment.IsPrivilegedProcess ? "NO" : "YES")}
            seccomp_sandbox=NO
            isolate=NO
            isolate_network=NO
            mdtm_write=NO
            xferlog_enable=YES
            log_ftp_protocol=YES
            vsftpd_log_file={folder.Path}/vsftpd.log
            max_clients=200
            {string.Join('\n', settings)}

            """);
    }

    public async ValueTask DisposeAsync()
    {
        await SignalAsync("KILL", CancellationToken.None);
        await process.DisposeAsync();
        folder.Dispose();
    }
}
