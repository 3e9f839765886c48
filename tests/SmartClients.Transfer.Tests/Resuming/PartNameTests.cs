using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Tests.Support;
using Xunit;

namespace SmartClients.Transfer.Tests.Resuming;

public class PartNameTests
{
    static readonly byte[] Good = Downloading.Bytes((2 << 20) + 9);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebodys_own_file_of_that_name_stays_as_it_is()
    {
        using var download = new Downloading(new ScriptedMirror("a:1", Good));
        await File.WriteAllTextAsync(download.Part, "mine", Cancel);

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal("mine", await File.ReadAllTextAsync(download.Part, Cancel));
        Assert.Equal(["file.bin", "file.bin.part"], download.Files);
    }

    [Fact]
    public async Task Somebodys_own_file_of_the_control_files_name_stays_as_it_is()
    {
        using var download = new Downloading(new ScriptedMirror("a:1", Good));
        await File.WriteAllTextAsync(download.Control, "mine", Cancel);

        await download.RunAsync();

        Assert.Equal("mine", await File.ReadAllTextAsync(download.Control, Cancel));
        Assert.Equal(["file.bin", "file.bin.part.json"], download.Files);
    }

    [Theory]
    [InlineData(".part")]
    [InlineData(".part.json")]
    [InlineData(".part.json.new")]
    public async Task A_link_of_such_a_name_is_not_followed(string end)
    {
        using var download = new Downloading(new ScriptedMirror("a:1", Good));
        var other = download.Place + ".other";
        await File.WriteAllTextAsync(other, "mine", Cancel);
        File.CreateSymbolicLink(download.Place + end, other);

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal("mine", await File.ReadAllTextAsync(other, Cancel));
        Assert.Equal(other, new FileInfo(download.Place + end).LinkTarget);
    }

    [Theory]
    [InlineData(".part")]
    [InlineData(".part.json")]
    [InlineData(".part.json.damaged")]
    public async Task A_name_that_is_yet_to_come_is_left_free_and_the_other_one_is_found_again(string end)
    {
        var mirror = new ScriptedMirror("a:1", Good);
        using var download = new Downloading(mirror);
        download.Options = new DownloadOptions { IsTaken = name => name == download.Place + end };
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        mirror.BeforeRead = (position, _) =>
        {
            if (position >= 1 << 20) interruption.Cancel();
            return default;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.RunUntilAsync(interruption.Token));
        mirror.BeforeRead = static (_, _) => default;
        Assert.Equal(["file.bin.part2", "file.bin.part2.json"], download.Files);

        var report = await download.RunAsync();

        Assert.InRange(report.Resumed, 1, Good.Length);
        Assert.Equal(Good, download.Result);
        Assert.Equal(["file.bin"], download.Files);
    }

    [Fact]
    public async Task The_control_file_is_there_before_the_first_byte_also_where_the_size_is_unknown()
    {
        var mirror = new ScriptedMirror("a:1", Good) { SaysSize = false };
        using var download = new Downloading(mirror);
        mirror.BeforeRead = (_, _) =>
        {
            Assert.Contains("file.bin.part.json", download.Files);
            return default;
        };

        await download.RunAsync();

        Assert.Equal(["file.bin"], download.Files);
    }
}
