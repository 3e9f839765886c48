using System.Text.Json;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Getting;

public class GetTests
{
    const int Size = 24 << 20;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_from_mirrors_of_three_kinds_is_told_of_in_a_document()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(Size, Cancel, nginxLimit: "limit_rate 8m;", ftpLimit: "8000000");

        var smart = await Smart.RunAsync(mirrors.Environment, ["get", .. mirrors.Urls, "-o", mirrors.Place, "--json"]);

        Assert.Equal((0, ""), (smart.Exit, smart.Errors));
        Assert.Equal(mirrors.File, mirrors.Result);
        Assert.Equal(["bytes", "seconds", "sha256", "file", "sources"], smart.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal((Size, mirrors.Hash, mirrors.Place), (smart.Json.GetProperty("bytes").GetInt32(), smart.Json.GetProperty("sha256").GetString(), smart.Json.GetProperty("file").GetString()));
        var sources = smart.Json.GetProperty("sources").EnumerateArray().ToList();
        Assert.Equal(["endpoint", "bytes", "failures", "reason"], sources[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(3, sources.Count);
        Assert.All(sources, source => Assert.True(source.GetProperty("bytes").GetInt64() > 0, source.ToString()));
    }

    [Theory]
    [InlineData("nginx", "KILL")]
    [InlineData("nginx", "STOP")]
    [InlineData("vsftpd", "KILL")]
    [InlineData("vsftpd", "STOP")]
    [InlineData("sshd", "KILL")]
    [InlineData("sshd", "STOP")]
    public async Task A_mirror_that_is_killed_or_frozen_in_the_middle_is_not_noticed(string which, string signal)
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(Size, Cancel, nginxLimit: "limit_rate 8m;", ftpLimit: "8000000");
        await using var smart = RunningProcess.Start(mirrors.Environment, SmartProgram.Path, ["get", .. mirrors.Urls, "-o", mirrors.Place, "--sha256", mirrors.Hash]);
        await Poll.UntilAsync(() => File.Exists(mirrors.Place + ".part") || smart.HasExited, Cancel);

        await (which switch
        {
            "nginx" => mirrors.Nginx.SignalAsync(signal, Cancel),
            "vsftpd" => mirrors.Vsftpd.SignalAsync(signal, Cancel),
            _ => mirrors.Sshd.SignalAsync(signal, Cancel),
        });

        Assert.Equal((0, ""), (await smart.ExitAsync(Cancel), smart.Output));
        Assert.Equal(mirrors.File, mirrors.Result);
    }

    [Fact]
    public async Task A_mirror_with_wrong_bytes_is_named_although_only_the_hash_of_the_file_is_known()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(Size, Cancel, nginxLimit: "limit_rate 40m;", ftpLimit: "40000000");
        var wrong = mirrors.File.ToArray();
        for (var i = 0; i < wrong.Length; i += 100_000) wrong[i] ^= 1;
        mirrors.Vsftpd.Put("pub/file.bin", wrong);

        var smart = await Smart.RunAsync(mirrors.Environment, ["get", .. mirrors.Urls, "-o", mirrors.Place, "--sha256", mirrors.Hash]);

        Assert.Equal(0, smart.Exit);
        Assert.Equal(mirrors.File, mirrors.Result);
        Assert.Contains($"127.0.0.1:{mirrors.Vsftpd.Port} serves wrong bytes", smart.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_whose_host_key_has_changed_is_named_although_another_has_the_file()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(Size, Cancel, nginxLimit: "limit_rate 8m;");
        var another = await File.ReadAllTextAsync(Directory.GetFiles(mirrors.Sshd.ClientFolder, "*.pub").Single(), Cancel);
        await File.WriteAllTextAsync(Path.Combine(mirrors.Folder, "home", ".ssh", "known_hosts"), $"[127.0.0.1]:{mirrors.Sshd.Port} {another}", Cancel);

        var smart = await Smart.RunAsync(mirrors.Environment, "get", mirrors.Urls[0], mirrors.Urls[2], "-o", mirrors.Place, "--json");

        Assert.Equal(0, smart.Exit);
        Assert.Equal(mirrors.File, mirrors.Result);
        var name = $"127.0.0.1:{mirrors.Sshd.Port}";
        Assert.StartsWith($"smart: {name} is not trusted: the host key has changed to ", smart.Problem, StringComparison.Ordinal);
        var its = smart.Json.GetProperty("sources").EnumerateArray().Single(source => source.GetProperty("endpoint").GetString() == name);
        Assert.StartsWith("is not trusted: the host key has changed", its.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_call_is_gone_on_with()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(Size, Cancel, nginxLimit: "limit_rate 6m;", ftpLimit: "6000000");
        string[] command = ["get", mirrors.Urls[0], mirrors.Urls[1], "-o", mirrors.Place];
        await using (var first = RunningProcess.Start(mirrors.Environment, SmartProgram.Path, command))
        {
            await Poll.UntilAsync(() => HasPieces(mirrors.Place) || first.HasExited, Cancel);
            await first.SignalAsync("INT", Cancel);
            Assert.Equal(130, await first.ExitAsync(Cancel));
        }
        Assert.False(File.Exists(mirrors.Place));

        var second = await Smart.RunAsync(mirrors.Environment, [.. command, "--json"]);

        Assert.Equal(mirrors.File, mirrors.Result);
        Assert.InRange(second.Json.GetProperty("sources").EnumerateArray().Sum(source => source.GetProperty("bytes").GetInt64()), 1, Size - 1);
        Assert.Equal([mirrors.Place], Directory.GetFiles(mirrors.Folder));
    }

    // Of what is left of it. It is told from before the first byte whose the part is.
    static bool HasPieces(string place) => File.Exists(place + ".part.json")
        && JsonDocument.Parse(File.ReadAllText(place + ".part.json")).RootElement.GetProperty("pieces").GetBytesFromBase64().Any(part => part != 0);

    [Fact]
    public async Task A_killed_call_is_gone_on_with()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(Size, Cancel, nginxLimit: "limit_rate 6m;");
        string[] command = ["get", mirrors.Urls[0], "-o", mirrors.Place];
        await using (var first = RunningProcess.Start(mirrors.Environment, SmartProgram.Path, command))
        {
            await Poll.UntilAsync(() => HasPieces(mirrors.Place) || first.HasExited, Cancel);
            await first.SignalAsync("KILL", Cancel);
            await first.ExitAsync(Cancel);
        }

        var second = await Smart.RunAsync(mirrors.Environment, [.. command, "--json"]);

        Assert.Equal(mirrors.File, mirrors.Result);
        Assert.InRange(second.Json.GetProperty("sources")[0].GetProperty("bytes").GetInt64(), 1, Size - 1);
    }

    [Fact]
    public async Task Into_a_pipe_it_goes_and_nothing_is_said()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);

        var smart = await Smart.RunAsync("get", $"http://{nginx.Address}/hello.txt", "-o", "-");

        Assert.Equal(new Smart(0, "hello\n", ""), smart);
    }

    [Fact]
    public async Task A_group_whose_source_says_where_each_has_it()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(1 << 20, Cancel);
        using var folder = new TemporaryFolder();
        var members = folder.Write("members.json", $$$"""{"members":["{{{mirrors.Nginx.Address}}}",{"address":"127.0.0.1:{{{mirrors.Vsftpd.Port}}}","metadata":{"scheme":"ftp","path":"/pub"}}]}""");

        foreach (var parallel in new[] { "1", "4" })
        {
            var smart = await Smart.RunAsync(mirrors.Environment, "get", $"file:{members}/file.bin", "-o", mirrors.Place, "--parallel", parallel);
            Assert.Equal(new Smart(0, "", ""), smart);
            Assert.Equal(mirrors.File, mirrors.Result);
        }
    }

    [Fact]
    public async Task A_Metalink_document_names_files_mirrors_and_hashes()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(1 << 20, Cancel);
        var urls = string.Concat(mirrors.Urls.Select(url => $"<url>{url}</url>"));
        var document = Path.Combine(mirrors.Folder, "x.meta4");
        await File.WriteAllTextAsync(document, $"<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"sub/file.bin\"><size>{1 << 20}</size><hash type=\"sha-256\">{mirrors.Hash}</hash>{urls}</file></metalink>", Cancel);

        var smart = await Smart.RunAsync(mirrors.Environment, "get", document, "-o", mirrors.Folder);

        Assert.Equal(new Smart(0, "", ""), smart);
        Assert.Equal(mirrors.File, await File.ReadAllBytesAsync(Path.Combine(mirrors.Folder, "sub", "file.bin"), Cancel));
    }

    [Fact]
    public async Task A_page_that_knows_of_duplicates_is_enough()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(8 << 20, Cancel);
        var digest = Convert.ToBase64String(Convert.FromHexString(mirrors.Hash));
        await using var origin = await Nginx.StartAsync(Cancel, $"limit_rate 1m; add_header Link '<{mirrors.Urls[0]}>; rel=duplicate; pri=1'; add_header Link '<{mirrors.Urls[1]}>; rel=duplicate'; add_header Digest 'SHA-256={digest}';");
        origin.Put("file.bin", mirrors.File);

        var smart = await Smart.RunAsync(mirrors.Environment, "get", $"http://{origin.Address}/file.bin", "-o", mirrors.Place, "--json");

        Assert.Equal(0, smart.Exit);
        Assert.Equal(mirrors.File, mirrors.Result);
        Assert.Equal(3, smart.Json.GetProperty("sources").GetArrayLength());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task Where_a_server_has_not_got_it_at_one_address_it_is_asked_for_the_next(int parallel, bool withAnother)
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        await using var another = await Nginx.StartAsync(Cancel, "limit_rate 1m;");
        using var folder = new TemporaryFolder();
        var file = new byte[4 << 20];
        new Random(3).NextBytes(file);
        nginx.Put("big.iso", file);
        another.Put("big.iso", file);
        string[] urls = [$"http://{nginx.Address}/404", $"http://{nginx.Address}/broken", $"http://{nginx.Address}/big.iso"];
        if (withAnother) urls = [.. urls, $"http://{another.Address}/big.iso"];
        var place = Path.Combine(folder.Path, "x");

        var smart = await Smart.RunAsync([new("XDG_CACHE_HOME", folder.Path)], ["get", .. urls, "-o", place, "--parallel", $"{parallel}", "--json"]);

        Assert.Equal((0, ""), (smart.Exit, smart.Errors));
        Assert.Equal(file, await File.ReadAllBytesAsync(place, Cancel));
        var first = smart.Json.GetProperty("sources").EnumerateArray().First(source => source.GetProperty("endpoint").GetString() == nginx.Address);
        Assert.True(first.GetProperty("bytes").GetInt64() > 0, smart.Output);
    }

    [Fact]
    public async Task What_is_not_there_is_one_line_and_exit_code_1()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        using var folder = new TemporaryFolder();

        var missing = await Smart.RunAsync("get", $"list:{nginx.Address}/missing.bin", "-o", Path.Combine(folder.Path, "x"));
        var nobody = await Smart.RunAsync("get", $"list:127.0.0.1:{FreePort.Find()}/x", "-o", Path.Combine(folder.Path, "x"));

        Assert.Equal((1, 1), (missing.Exit, nobody.Exit));
        Assert.Contains("404", missing.Problem, StringComparison.Ordinal);
        Assert.Contains("connection refused", nobody.Problem, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_reader_of_the_pipe_that_goes_away_is_no_success()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        nginx.PutHole("large.bin", 8 << 20);
        await using var shell = RunningProcess.Start("bash", "-c", "\"$0\" get \"$1\" -o - | head -c 10; echo \"${PIPESTATUS[0]}\"", SmartProgram.Path, $"http://{nginx.Address}/large.bin");

        await shell.ExitAsync(Cancel);

        Assert.EndsWith("1\n", shell.Output, StringComparison.Ordinal);
        Assert.Contains("bytes no more could be written: ", shell.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-o", "-")]
    [InlineData("--parallel", "1")]
    public async Task A_path_as_people_write_it_is_found(params string[] more)
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        nginx.Put("a b ü.txt", "found"u8);
        if (more[0] != "-o") more = [.. more, "-o", Path.Combine(folder.Path, "x")];

        var byAddress = await Smart.RunAsync(["get", $"http://{nginx.Address}/a b ü.txt", .. more]);
        var byName = await Smart.RunAsync(["get", $"list:{nginx.Address}/a b ü.txt", .. more]);

        Assert.Equal((0, 0), (byAddress.Exit, byName.Exit));
        Assert.Contains(nginx.Log, line => line.Contains("/a%20b%20%C3%BC.txt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_read_beforehand_is_named()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);

        var manifest = await Smart.RunAsync("get", $"http://{nginx.Address}/hello.txt", "-o", "-", "--manifest", $"http://{nginx.Address}/SUMS");
        var scheme = await Smart.RunAsync("get", "gopher://x/y");
        var document = await Smart.RunAsync("get", "nofile.meta4");

        Assert.Equal((1, 2, 2), (manifest.Exit, scheme.Exit, document.Exit));
        Assert.Equal($"smart: 'http://{nginx.Address}/SUMS' cannot be read: HTTP 404 Not Found", manifest.Problem);
        Assert.Equal("smart: 'gopher' in 'gopher://x/y' is no protocol that is known here: ftp, ftps, http, https, sftp; or write service://NAME/path.", scheme.Problem);
        Assert.Equal("smart: 'nofile.meta4' is not there: a Metalink document is a file here, or an address.", document.Problem);
    }

    [Fact]
    public async Task A_wrong_hash_is_one_line_and_exit_code_1_and_no_file()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        var place = Path.Combine(folder.Path, "x");

        var smart = await Smart.RunAsync("get", $"list:{nginx.Address}/hello.txt", "-o", place, "--sha256", new string('a', 64));

        Assert.Equal(1, smart.Exit);
        Assert.Contains("and should be aaaa", smart.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task What_is_learnt_of_the_mirrors_is_kept_for_the_next_call()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(1 << 20, Cancel);

        await Smart.RunAsync(mirrors.Environment, "get", mirrors.Urls[0], mirrors.Urls[1], "-o", mirrors.Place);

        var state = Assert.Single(Directory.GetFiles(Path.Combine(mirrors.Folder, "cache"), "*.json", SearchOption.AllDirectories));
        Assert.Contains(mirrors.Nginx.Address, await File.ReadAllTextAsync(state, Cancel), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(await File.ReadAllTextAsync(state, Cancel)).RootElement.ValueKind);
    }
}
