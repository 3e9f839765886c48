using System.Security.Cryptography;
using System.Text;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Getting;

/// <summary>Whole trees: <c>smart get --recursive</c>.</summary>
public class TreeTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
        foreach (var name in new[] { "a.txt", "b.txt", "sub/c.txt", "sub/d.txt" }) Put(name, "the same size");
        var url = kind switch { 0 => $"http://{mirrors.Nginx.Address}/tree/", 1 => $"{mirrors.Vsftpd.Url}/tree/", _ => $"sftp://{mirrors.Sshd.User}@127.0.0.1:{mirrors.Sshd.Port}{mirrors.Sshd.Root}/tree/" };
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

        void Put(string name, string text, bool later = false)
        {
            var content = Encoding.UTF8.GetBytes(text);
            mirrors.Nginx.Put("tree/" + name, content);
            mirrors.Vsftpd.Put("tree/" + name, content);
            mirrors.Sshd.Put("tree/" + name, content);
            var time = new DateTime(2024, 5, 6, later ? 8 : 7, 8, 9, DateTimeKind.Utc);
            foreach (var file in new[] { mirrors.Nginx.PathOf("tree/" + name), mirrors.Vsftpd.PathOf("tree/" + name), Path.Combine(mirrors.Sshd.Root, "tree", name) }) File.SetLastWriteTimeUtc(file, time);
        }
    }

    [Fact]
    public async Task A_tree_whose_hashes_are_known_is_held_against_them()
    {
        await using var nginx = await Nginx.StartAsync(Cancel, "autoindex on;");
        using var folder = new TemporaryFolder();
        nginx.Put("tree/a.txt", "content"u8);
        var manifest = folder.Write("SHA256SUMS", Convert.ToHexStringLower(SHA256.HashData("content"u8)) + "  tree/a.txt\n");
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
}
