using System.Text;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Testing;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Ftp;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Ftp;

public class FtpFilesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_control_connection_serves_one_piece_after_the_other_even_when_pieces_are_left_early()
    {
        await using var server = await VsftpdServer.StartAsync(Cancel);
        server.Put("file", new byte[4 << 20]);
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        for (var i = 0; i < 5; i++)
        {
            await using var file = await ftp.OpenAsync(FileAddress.Parse(server.Url + "/file"), new FilePart(i << 16, 1 << 16), Cancel);
            await file.Content.ReadExactlyAsync(new byte[1 << 15], Cancel);
        }
        Assert.Equal(1, Count(server.Log, "FTP command: Client \"127.0.0.1\", \"USER"));
        Assert.Equal(5, Count(server.Log, "\"RETR file\""));
    }

    [Fact]
    public async Task A_user_who_is_not_accepted_is_told_in_the_server_s_words()
    {
        await using var server = await VsftpdServer.StartAsync(Cancel);
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        var refused = await Assert.ThrowsAsync<FileException>(async () => await ftp.LookAsync(FileAddress.Parse($"ftp://nobody:wrong@127.0.0.1:{server.Port}/x"), Cancel));
        Assert.Equal((FileProblem.Denied, Delivery.MayHaveExecuted), (refused.Problem, refused.Delivery));
        Assert.Contains("530", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_too_many_clients_pushes_back()
    {
        await using var server = await VsftpdServer.StartAsync(Cancel, "max_per_ip=1");
        server.Put("file", new byte[4 << 20]);
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        RemoteFile? first = null;
        while (first is null)
            try
            {
                first = await ftp.OpenAsync(FileAddress.Parse(server.Url + "/file"), FilePart.Whole, Cancel);
            }
            catch (FileException error) when (error.Problem == FileProblem.Busy)
            {
                // The connection that looked whether the server was up is still counted.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
            }
        await using var held = first;
        var busy = await Assert.ThrowsAsync<FileException>(async () => await ftp.OpenAsync(FileAddress.Parse(server.Url + "/file"), FilePart.Whole, Cancel));
        Assert.Equal((FileProblem.Busy, Delivery.Rejected), (busy.Problem, busy.Delivery));
        Assert.Equal(OutcomeKind.PushedBack, Classify.Exception(busy).Kind);
        Assert.Contains("421", busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_tls_the_data_is_private_and_its_session_is_the_commands()
    {
        using var certificate = SelfSigned.Make();
        await using var server = await VsftpdServer.StartSecureAsync(certificate, Cancel);
        server.Put("file", "secret"u8);
        await using var ftps = new FtpFiles(new ProtocolOptions { Trusted = [certificate] }, secure: true);
        var at = new FileAddress("ftps", new Endpoint("127.0.0.1", server.Port) { Authority = "mirror.test" }, "/file");
        await using (var file = await ftps.OpenAsync(at, FilePart.Whole, Cancel))
            Assert.Equal("secret", await new StreamReader(file.Content).ReadToEndAsync(Cancel));
        await using var open = new FtpFiles(new ProtocolOptions(), secure: false);
        Assert.Equal(FileProblem.Denied, (await Assert.ThrowsAsync<FileException>(async () => await open.LookAsync(FileAddress.Parse(server.Url + "/file"), Cancel))).Problem);
        await using var strangers = new FtpFiles(new ProtocolOptions(), secure: true);
        var untrusted = await Assert.ThrowsAsync<FileException>(async () => await strangers.LookAsync(at, Cancel));
        Assert.Equal((FileProblem.Untrusted, Delivery.NeverSent), (untrusted.Problem, untrusted.Delivery));
    }

    [Fact]
    public async Task A_server_without_tls_is_refused_before_a_password_is_said()
    {
        using var server = new ScriptedFtpServer();
        await using var ftps = new FtpFiles(new ProtocolOptions(), secure: true);
        var refused = await Assert.ThrowsAsync<FileException>(async () => await ftps.LookAsync(At(server, "me:secret@"), Cancel));
        Assert.Equal(FileProblem.Unsupported, refused.Problem);
        Assert.Equal(["AUTH TLS"], server.Commands);
    }

    [Fact]
    public async Task A_server_that_slips_words_in_before_the_handshake_is_refused()
    {
        using var server = new ScriptedFtpServer { Says = c => c.StartsWith("AUTH", StringComparison.Ordinal) ? "234 go\r\n200 injected\r\n" : null };
        await using var ftps = new FtpFiles(new ProtocolOptions(), secure: true);
        Assert.Equal(FileProblem.Malformed, (await Assert.ThrowsAsync<FileException>(async () => await ftps.LookAsync(At(server), Cancel))).Problem);
    }

    [Fact]
    public async Task Without_epsv_data_comes_by_pasv_and_never_from_the_address_that_the_server_names()
    {
        using var server = new ScriptedFtpServer { Says = c => c == "EPSV" ? "500 what?\r\n" : null };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        Assert.Equal("0123456789", await TextAsync(ftp, At(server)));
        var to = server.SilentPort;
        using var elsewhere = new ScriptedFtpServer
        {
            Says = c => c switch { "EPSV" => "500 what?\r\n", "PASV" => $"227 Entering Passive Mode (192,0,2,1,{to >> 8},{to & 255})\r\n", "RETR file" => "150 ok\r\n226 done\r\n", _ => null },
        };
        var ended = await Assert.ThrowsAsync<FileException>(async () => await TextAsync(new FtpFiles(new ProtocolOptions { StallLimit = TimeSpan.FromMilliseconds(300) }, secure: false), At(elsewhere)));
        Assert.Equal(FileProblem.TimedOut, ended.Problem);
        var there = await Assert.ThrowsAsync<FileException>(async () => await TextAsync(
            new FtpFiles(new ProtocolOptions { BelievePassiveAddress = true, ConnectLimit = TimeSpan.FromMilliseconds(300) }, secure: false), At(elsewhere)));
        Assert.Equal(FileProblem.Unreachable, there.Problem);
    }

    [Fact]
    public async Task Without_rest_the_whole_file_comes_and_it_is_told()
    {
        using var server = new ScriptedFtpServer { Says = c => c.StartsWith("REST", StringComparison.Ordinal) ? "502 no\r\n" : null };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        await using var file = await ftp.OpenAsync(At(server), new FilePart(4, 2), Cancel);
        Assert.Equal((0L, false, false), (file.Start, file.Honoured, file.Facts.Ranges));
        Assert.Equal("0123456789", await new StreamReader(file.Content).ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task Without_size_and_time_the_file_comes_and_ends_where_the_server_says()
    {
        using var server = new ScriptedFtpServer { Says = c => c.StartsWith("SIZE", StringComparison.Ordinal) || c.StartsWith("MDTM", StringComparison.Ordinal) ? "500 what?\r\n" : null };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        await using (var file = await ftp.OpenAsync(At(server), FilePart.Whole, Cancel))
        {
            Assert.Equal((null, null), (file.Facts.Size, file.Facts.Version));
            Assert.Equal("0123456789", await new StreamReader(file.Content).ReadToEndAsync(Cancel));
        }
        await TextAsync(ftp, At(server));
        Assert.Single(server.Commands, c => c.StartsWith("SIZE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("426 connection lost\r\n", FileProblem.Broken)]
    [InlineData("451 disk error\r\n", FileProblem.Broken)]
    [InlineData("gibberish\r\n", FileProblem.Malformed)]
    public async Task A_transfer_that_the_server_calls_failed_has_failed_though_every_byte_came(string complete, FileProblem problem)
    {
        using var server = new ScriptedFtpServer { Complete = complete };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        Assert.Equal(problem, (await Assert.ThrowsAsync<FileException>(async () => await TextAsync(ftp, At(server)))).Problem);
    }

    [Fact]
    public async Task A_transfer_that_ends_early_has_failed_though_the_server_calls_it_complete()
    {
        using var server = new ScriptedFtpServer { Says = c => c.StartsWith("SIZE", StringComparison.Ordinal) ? "213 1000\r\n" : null };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        var early = await Assert.ThrowsAsync<FileException>(async () => await TextAsync(ftp, At(server)));
        Assert.Equal(FileProblem.Broken, early.Problem);
        Assert.Contains("990 bytes early", early.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_two_things_of_one_transfer_gets_a_new_connection()
    {
        using var server = new ScriptedFtpServer { Complete = "426 aborted\r\n226 aborted, well\r\n" };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        for (var i = 0; i < 3; i++)
        {
            await using var file = await ftp.OpenAsync(At(server), new FilePart(i, 1), Cancel);
            Assert.Equal(1, await file.Content.ReadAsync(new byte[10], Cancel));
        }
        Assert.Equal(3, server.Connections);
    }

    [Theory]
    [InlineData("120 wait\r\n220 ready\r\n", null)]
    [InlineData("220-a long\r\n 220 tale\r\n220 ready\r\n", null)]
    [InlineData("421 too many\r\n", FileProblem.Busy)]
    [InlineData("530 Sorry, the maximum number of clients are connected\r\n", FileProblem.Busy)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", FileProblem.Malformed)]
    [InlineData("", FileProblem.TimedOut)]
    public async Task Greetings_are_understood(string greeting, FileProblem? problem)
    {
        using var server = new ScriptedFtpServer { Greeting = greeting };
        await using var ftp = new FtpFiles(new ProtocolOptions { ReplyLimit = problem == FileProblem.TimedOut ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(30) }, secure: false);
        if (problem is null) Assert.Equal(10, (await ftp.LookAsync(At(server), Cancel)).Size);
        else Assert.Equal(problem, (await Assert.ThrowsAsync<FileException>(async () => await ftp.LookAsync(At(server), Cancel))).Problem);
    }

    [Fact]
    public async Task A_reply_that_never_ends_is_cut()
    {
        using var server = new ScriptedFtpServer { Greeting = new string('x', 1 << 20) };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        Assert.Equal(FileProblem.Malformed, (await Assert.ThrowsAsync<FileException>(async () => await ftp.LookAsync(At(server), Cancel))).Problem);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so()
    {
        using var server = new ScriptedFtpServer { Says = c => c == "TYPE I" ? "" : null };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        using var mine = new CancellationTokenSource();
        var looking = ftp.LookAsync(At(server), mine.Token).AsTask();
        await Poll.UntilAsync(() => server.Commands.Contains("TYPE I"), Cancel);
        await mine.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
    }

    [Fact]
    public async Task User_and_password_come_from_the_address_or_from_netrc()
    {
        using var server = new ScriptedFtpServer();
        using var folder = new TemporaryFolder();
        var options = new ProtocolOptions { Netrc = folder.Write("netrc", "machine 127.0.0.1 login ann password secret") };
        await using (var ftp = new FtpFiles(options, secure: false)) await ftp.LookAsync(At(server), Cancel);
        await using (var ftp = new FtpFiles(options, secure: false)) await ftp.LookAsync(At(server, "bob:x%20y@"), Cancel);
        await using (var ftp = new FtpFiles(new ProtocolOptions(), secure: false)) await ftp.LookAsync(At(server), Cancel);
        Assert.Equal(["USER ann", "PASS secret", "USER bob", "PASS x y", "USER anonymous", "PASS smart@"],
            server.Commands.Where(c => c.StartsWith("USER", StringComparison.Ordinal) || c.StartsWith("PASS", StringComparison.Ordinal)));
        await using var injecting = new FtpFiles(new ProtocolOptions(), secure: false);
        Assert.Equal(FileProblem.Denied, (await Assert.ThrowsAsync<FileException>(async () => await injecting.LookAsync(At(server, "a%0d%0aDELE%20b:c@"), Cancel))).Problem);
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("DELE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_mlsd_a_folder_is_listed_by_list()
    {
        using var server = new ScriptedFtpServer { Content = Encoding.UTF8.GetBytes("total 1\r\n-rw-r--r-- 1 0 0 5 Nov 24 07:15 file\r\n"), Says = c => c.StartsWith("MLSD", StringComparison.Ordinal) ? "500 what?\r\n" : null };
        using var modern = new ScriptedFtpServer { Content = Encoding.UTF8.GetBytes("type=cdir; .\r\ntype=file;size=5; file\r\n") };
        await using var ftp = new FtpFiles(new ProtocolOptions(), secure: false);
        Assert.Equal([new FolderEntry("file", false, 5)], await ftp.ListAsync(At(server), Cancel));
        Assert.Equal([new FolderEntry("file", false, 5)], await ftp.ListAsync(At(modern), Cancel));
        Assert.DoesNotContain(modern.Commands, c => c.StartsWith("LIST", StringComparison.Ordinal));
    }

    static FileAddress At(ScriptedFtpServer server, string login = "") => FileAddress.Parse($"ftp://{login}127.0.0.1:{server.Port}/file");

    static async Task<string> TextAsync(FtpFiles ftp, FileAddress at)
    {
        await using var file = await ftp.OpenAsync(at, FilePart.Whole, Cancel);
        return await new StreamReader(file.Content).ReadToEndAsync(Cancel);
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;
}
