using System.Diagnostics;
using SmartClients.Outcomes;
using SmartClients.Testing;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Sftp;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Sftp;

public class SftpFilesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public async Task Keys_of_each_kind_log_in_and_the_host_is_known_from_then_on(string kind)
    {
        await using var server = await SshServer.StartAsync(Cancel, kind: kind);
        var path = server.Put("a file", "hello"u8);
        await using var sftp = new SftpFiles(Options(server));
        Assert.Equal("hello", await TextAsync(sftp, FileAddress.Parse($"sftp://{server.User}@127.0.0.1:{server.Port}{path}")));
        Assert.StartsWith($"[127.0.0.1]:{server.Port} ", File.ReadAllText(server.KnownHosts), StringComparison.Ordinal);
        // Known to OpenSSH as well, and by the same name.
        using var ssh = Process.Start("ssh-keygen", ["-F", $"[127.0.0.1]:{server.Port}", "-f", server.KnownHosts]);
        await ssh.WaitForExitAsync(Cancel);
        Assert.Equal(0, ssh.ExitCode);
        await using var again = new SftpFiles(Options(server));
        Assert.Equal("hello", await TextAsync(again, FileAddress.Parse(server.Url + path)));
        Assert.Single(File.ReadAllLines(server.KnownHosts));
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("rsa")]
    public async Task A_host_whose_key_has_changed_stops_everything(string kind)
    {
        int port;
        string known;
        await using (var before = await SshServer.StartAsync(Cancel))
        {
            port = before.Port;
            await using var sftp = new SftpFiles(Options(before));
            await sftp.LookAsync(FileAddress.Parse(before.Url + before.Put("file", "hello"u8)), Cancel);
            known = File.ReadAllText(before.KnownHosts);
        }
        await using var after = await SshServer.StartAsync(Cancel, port, kind);
        File.WriteAllText(after.KnownHosts, known);
        await using var other = new SftpFiles(Options(after));
        var changed = await Assert.ThrowsAsync<FileException>(async () => await other.LookAsync(FileAddress.Parse(after.Url + after.Put("file", "hello"u8)), Cancel));
        Assert.Equal((FileProblem.Untrusted, known), (changed.Problem, File.ReadAllText(after.KnownHosts)));
        Assert.Contains($"ssh-keygen -R '[127.0.0.1]:{port}'", changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_without_a_key_is_refused_and_told_what_was_not_tried()
    {
        await using var server = await SshServer.StartAsync(Cancel);
        var path = server.Put("file", "hello"u8);
        File.Delete(Path.Combine(server.ClientFolder, "id_ed25519"));
        using (var keygen = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "a passphrase", "-f", Path.Combine(server.ClientFolder, "id_ed25519")]))
            await keygen.WaitForExitAsync(Cancel);
        await using var sftp = new SftpFiles(Options(server));
        var denied = await Assert.ThrowsAsync<FileException>(async () => await sftp.LookAsync(FileAddress.Parse(server.Url + path), Cancel));
        Assert.Equal((FileProblem.Denied, Delivery.MayHaveExecuted), (denied.Problem, denied.Delivery));
        Assert.Contains("id_ed25519 has a passphrase", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_and_a_folder_are_told()
    {
        await using var server = await SshServer.StartAsync(Cancel);
        await using var sftp = new SftpFiles(Options(server));
        Assert.Equal(FileProblem.Missing, (await Assert.ThrowsAsync<FileException>(async () => await sftp.LookAsync(FileAddress.Parse(server.Url + server.Root), Cancel))).Problem);
    }

    [Fact]
    public async Task A_server_that_is_not_ssh_is_told()
    {
        await using var server = await Nginx.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        await using var sftp = new SftpFiles(new ProtocolOptions { SshFolder = folder.Path, User = "me" });
        var wrong = await Assert.ThrowsAsync<FileException>(async () => await sftp.LookAsync(FileAddress.Parse($"sftp://{server.Address}/x"), Cancel));
        Assert.Equal(Delivery.NeverSent, wrong.Delivery);
    }

    [Fact]
    public async Task Nobody_is_asked_without_a_user_and_a_folder()
    {
        await using var sftp = new SftpFiles(new ProtocolOptions());
        Assert.Equal(FileProblem.Untrusted, (await Assert.ThrowsAsync<FileException>(async () => await sftp.LookAsync(FileAddress.Parse("sftp://127.0.0.1:1/x"), Cancel))).Problem);
        await using var userless = new SftpFiles(new ProtocolOptions { SshFolder = Path.GetTempPath() });
        Assert.Equal(FileProblem.Denied, (await Assert.ThrowsAsync<FileException>(async () => await userless.LookAsync(FileAddress.Parse("sftp://127.0.0.1:1/x"), Cancel))).Problem);
    }

    static ProtocolOptions Options(SshServer server) => new() { SshFolder = server.ClientFolder, User = server.User };

    static async Task<string> TextAsync(SftpFiles sftp, FileAddress at)
    {
        await using var file = await sftp.OpenAsync(at, FilePart.Whole, Cancel);
        return await new StreamReader(file.Content).ReadToEndAsync(Cancel);
    }
}
