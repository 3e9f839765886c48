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
    public async Task A_tree_is_listed_where_the_server_has_it()
    {
        await using var nginx = await Nginx.StartAsync(Cancel, "autoindex on;");
        using var folder = new TemporaryFolder();
        nginx.Put("new/sub/a.txt", "a"u8);

        var smart = await Smart.RunAsync([new("XDG_CACHE_HOME", folder.Path)], "get", $"http://{nginx.Address}/old/", $"http://{nginx.Address}/new/", "-r", "-o", Path.Combine(folder.Path, "out"));

        Assert.Equal(new Smart(0, "", ""), smart);
        Assert.Equal("a", await File.ReadAllTextAsync(Path.Combine(folder.Path, "out", "sub", "a.txt"), Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_tree_comes_whole(int kind)
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(10, Cancel, nginxLimit: "autoindex on;");
        foreach (var name in new[] { "tree/a.txt", "tree/sub/b c.txt", "tree/sub/deep/d.txt", "tree/e.bin" })
        {
            mirrors.Nginx.Put(name, "content of "u8);
            mirrors.Vsftpd.Put(name, "content of "u8);
        }

        var url = kind == 0 ? $"http://{mirrors.Nginx.Address}/tree/" : $"{mirrors.Vsftpd.Url}/tree/";
        var smart = await Smart.RunAsync(mirrors.Environment, "get", url, "-r", "-o", Path.Combine(mirrors.Folder, "out"));

        Assert.Equal(new Smart(0, "", ""), smart);
        var found = Directory.GetFiles(Path.Combine(mirrors.Folder, "out"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(mirrors.Folder, "out"), file)).Order(StringComparer.Ordinal);
        Assert.Equal(["a.txt", "e.bin", "sub/b c.txt", "sub/deep/d.txt"], found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_there_of_a_tree_is_not_fetched_again_unless_it_has_changed(int kind)
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(10, Cancel, nginxLimit: "autoindex on;");
        var root = "";
        foreach (var name in new[] { "a.txt", "b.txt", "sub/c.txt", "sub/d.txt" }) root = Put(name, "the same size");
        var url = kind switch { 0 => $"http://{mirrors.Nginx.Address}/tree/", 1 => $"{mirrors.Vsftpd.Url}/tree/", _ => $"sftp://{mirrors.Sshd.User}@127.0.0.1:{mirrors.Sshd.Port}{root}" };
        var place = Path.Combine(mirrors.Folder, "out");
        string[] command = ["get", url, "-r", "-o", place, "--json"];
        var first = await Smart.RunAsync(mirrors.Environment, command);
        Assert.Equal((0, 0, 4 * 13), (first.Exit, first.Json.GetProperty("already_there").GetInt32(), first.Json.GetProperty("bytes").GetInt32()));

        // One is damaged here, one has gone, one has changed there.
        await File.WriteAllTextAsync(Path.Combine(place, "a.txt"), "another  size", Cancel);
        File.Delete(Path.Combine(place, "b.txt"));
        Put("sub/c.txt", "the SAME size", later: true);
        var second = await Smart.RunAsync(mirrors.Environment, command);

        Assert.Equal((0, 1, 4 * 13), (second.Exit, second.Json.GetProperty("already_there").GetInt32(), second.Json.GetProperty("bytes").GetInt32()));
        Assert.Equal(3 * 13, second.Json.GetProperty("sources").EnumerateArray().Sum(source => source.GetProperty("bytes").GetInt32()));
        Assert.Equal(["the same size", "the same size", "the SAME size", "the same size"],
            new[] { "a.txt", "b.txt", "sub/c.txt", "sub/d.txt" }.Select(name => File.ReadAllText(Path.Combine(place, name))));
        var anew = await Smart.RunAsync(mirrors.Environment, [.. command, "--no-resume"]);
        Assert.Equal(0, anew.Json.GetProperty("already_there").GetInt32());

        string Put(string name, string text, bool later = false)
        {
            var content = System.Text.Encoding.UTF8.GetBytes(text);
            mirrors.Nginx.Put("tree/" + name, content);
            mirrors.Vsftpd.Put("tree/" + name, content);
            var path = mirrors.Sshd.Put("tree/" + name, content);
            var time = new DateTime(2024, 5, 6, later ? 8 : 7, 8, 9, DateTimeKind.Utc);
            foreach (var file in new[] { mirrors.Nginx.PathOf("tree/" + name), mirrors.Vsftpd.PathOf("tree/" + name), path }) File.SetLastWriteTimeUtc(file, time);
            return path[..^(name.Length + 1)] + "/";
        }
    }

    [Fact]
    public async Task A_tree_whose_hashes_are_known_is_held_against_them()
    {
        await using var nginx = await Nginx.StartAsync(Cancel, "autoindex on;");
        using var folder = new TemporaryFolder();
        nginx.Put("tree/a.txt", "content"u8);
        var manifest = folder.Write("SHA256SUMS", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("content"u8)) + "  tree/a.txt\n");
        string[] command = ["get", $"http://{nginx.Address}/tree/", "-r", "-o", Path.Combine(folder.Path, "out"), "--manifest", manifest, "--json"];

        var first = await Smart.RunAsync([new("XDG_CACHE_HOME", folder.Path)], command);
        File.SetLastWriteTimeUtc(nginx.PathOf("tree/a.txt"), new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc));
        var second = await Smart.RunAsync([new("XDG_CACHE_HOME", folder.Path)], command);

        Assert.Equal((0, 0), (first.Exit, first.Json.GetProperty("already_there").GetInt32()));
        Assert.Equal((0, 1), (second.Exit, second.Json.GetProperty("already_there").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_had_of_a_tree_is_named_and_the_rest_is_fetched()
    {
        await using var nginx = await Nginx.StartAsync(Cancel, "autoindex on; location = /tree/b.txt { return 403; } location = /tree/no/ { return 403; }");
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "tree/a.txt", "tree/b.txt", "tree/c.txt", "tree/no/d.txt", "tree/sub/e.txt" }) nginx.Put(name, "x"u8);
        var place = Path.Combine(folder.Path, "out");

        var smart = await Smart.RunAsync([new("XDG_CACHE_HOME", folder.Path)], "get", $"http://{nginx.Address}/tree/", "-r", "-o", place, "--json");

        Assert.Equal(1, smart.Exit);
        Assert.Equal(["a.txt", "c.txt", "sub/e.txt"], Directory.GetFiles(place, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(place, file)).Order(StringComparer.Ordinal));
        var lines = smart.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains(lines, line => line.StartsWith($"smart: {place}/b.txt: ", StringComparison.Ordinal) && line.Contains("403", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("smart: /tree/no/: ", StringComparison.Ordinal));
        Assert.Equal("smart: 2 of the tree's files and folders were not had: each is named above", lines[^1]);
        Assert.Equal(2, smart.Json.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task A_tree_with_files_named_like_unfinished_ones_comes_whole()
    {
        await using var mirrors = await MirrorsOfThreeKinds.StartAsync(8 << 20, Cancel);
        string[] names = ["f1", "f1.part", "f1.part.json", "f1.part2/f1", "f2.part"];
        foreach (var name in names) mirrors.Vsftpd.Put("tree/" + name, name is "f1" ? mirrors.File : "small "u8);
        var place = Path.Combine(mirrors.Folder, "out");

        var smart = await Smart.RunAsync(mirrors.Environment, "get", $"{mirrors.Vsftpd.Url}/tree/", "-r", "-o", place);

        Assert.Equal(new Smart(0, "", ""), smart);
        var found = Directory.GetFiles(place, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(place, file)).Order(StringComparer.Ordinal);
        Assert.Equal(names, found);
        Assert.All(names, name => Assert.Equal(name is "f1" ? mirrors.File.Length : 6, new FileInfo(Path.Combine(place, name)).Length));
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
    public async Task A_wrong_hash_is_one_line_and_exit_code_1_and_no_file()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        var place = Path.Combine(folder.Path, "x");

        var smart = await Smart.RunAsync("get", $"list:{nginx.Address}/hello.txt", "-o", place, "--sha256", new string('a', 64));

        Assert.Equal(1, smart.Exit);
        Assert.Contains("and should be aaaa", smart.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(place));
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
