using System.Security.Cryptography;
using SmartClients.Testing;

namespace SmartClients.Cli.Tests.Getting;

/// <summary>Three real servers of three kinds with the same file, and a home for who fetches it.</summary>
internal sealed class MirrorsOfThreeKinds : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();

    MirrorsOfThreeKinds(Nginx nginx, VsftpdServer vsftpd, SshServer sshd, byte[] file) => (Nginx, Vsftpd, Sshd, File) = (nginx, vsftpd, sshd, file);

    public Nginx Nginx { get; }

    public VsftpdServer Vsftpd { get; }

    public SshServer Sshd { get; }

    public byte[] File { get; }

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(File));

    public string[] Urls { get; private set; } = [];

    /// <summary>Where the file is to go.</summary>
    public string Place => Path.Combine(folder.Path, "file.bin");

    public byte[] Result => System.IO.File.ReadAllBytes(Place);

    public string Folder => folder.Path;

    /// <summary>Of a person whose keys the sshd knows, and who knows its key.</summary>
    public KeyValuePair<string, string>[] Environment => [new("HOME", Path.Combine(folder.Path, "home")), new("XDG_CACHE_HOME", Path.Combine(folder.Path, "cache"))];

    public static async Task<MirrorsOfThreeKinds> StartAsync(int bytes, CancellationToken cancel, string nginxLimit = "", string ftpLimit = "0")
    {
        var file = new byte[bytes];
        new Random(5).NextBytes(file);
        var nginx = await Nginx.StartAsync(cancel, nginxLimit);
        var mirrors = new MirrorsOfThreeKinds(nginx, await VsftpdServer.StartAsync(cancel, "anon_max_rate=" + ftpLimit), await SshServer.StartAsync(cancel), file);
        mirrors.Nginx.Put("file.bin", file);
        mirrors.Vsftpd.Put("pub/file.bin", file);
        var path = mirrors.Sshd.Put("file.bin", file);
        mirrors.Urls = [$"http://{nginx.Address}/file.bin", $"{mirrors.Vsftpd.Url}/pub/file.bin", $"sftp://{mirrors.Sshd.User}@127.0.0.1:{mirrors.Sshd.Port}{path}"];
        var ssh = Path.Combine(mirrors.folder.Path, "home", ".ssh");
        Directory.CreateDirectory(ssh);
        foreach (var key in Directory.GetFiles(mirrors.Sshd.ClientFolder)) System.IO.File.Copy(key, Path.Combine(ssh, Path.GetFileName(key)));
        var known = await System.IO.File.ReadAllTextAsync(Path.Combine(mirrors.Sshd.Root, "..", "host_key.pub"), cancel);
        await System.IO.File.WriteAllTextAsync(Path.Combine(ssh, "known_hosts"), $"[127.0.0.1]:{mirrors.Sshd.Port} {known}", cancel);
        return mirrors;
    }

    public async ValueTask DisposeAsync()
    {
        await Nginx.DisposeAsync();
        await Vsftpd.DisposeAsync();
        await Sshd.DisposeAsync();
        folder.Dispose();
    }
}
