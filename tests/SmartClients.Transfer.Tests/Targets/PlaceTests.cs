using System.Diagnostics;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Targets;
using SmartClients.Transfer.Tests.Support;
using Xunit;

namespace SmartClients.Transfer.Tests.Targets;

public class PlaceTests
{
    static readonly byte[] Good = Downloading.Bytes((3 << 20) + 5);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_named_pipe_is_written_into_in_order_and_stays()
    {
        using var download = new Downloading(new ScriptedMirror("a:1", Good), new ScriptedMirror("b:1", Good));
        await PipeAtAsync(download.Place);
        var reading = Task.Run(() => File.ReadAllBytes(download.Place), Cancel);

        await download.RunAsync();

        Assert.Equal(Good, await reading);
        Assert.True(Place.Of(download.Place).IsSpecial);
        Assert.Equal(["file.bin"], download.Files);
    }

    [Fact]
    public async Task A_named_pipe_that_nobody_reads_is_waited_for_until_the_call_is_ended()
    {
        using var download = new Downloading(new ScriptedMirror("a:1", Good));
        await PipeAtAsync(download.Place);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var running = download.RunUntilAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        // Whoever waits to open it is let go.
        await using var reader = new FileStream(download.Place, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_is_followed_and_stays_whether_or_not_there_is_something_where_it_leads(bool isThere)
    {
        using var download = new Downloading(new ScriptedMirror("a:1", Good));
        var folder = Path.GetDirectoryName(download.Place)!;
        if (isThere) await File.WriteAllTextAsync(Path.Combine(folder, "target"), "old", Cancel);
        File.CreateSymbolicLink(Path.Combine(folder, "between"), "target");
        File.CreateSymbolicLink(download.Place, "between");

        await download.RunAsync();

        Assert.Equal("between", new FileInfo(download.Place).LinkTarget);
        Assert.Equal(Good, await File.ReadAllBytesAsync(Path.Combine(folder, "target"), Cancel));
        Assert.Null(new FileInfo(Path.Combine(folder, "target")).LinkTarget);
        Assert.Equal(["between", "file.bin", "target"], download.Files);
    }

    [Fact]
    public async Task Links_in_a_circle_are_named()
    {
        using var download = new Downloading(new ScriptedMirror("a:1", Good));
        File.CreateSymbolicLink(download.Place, "file.bin");

        var error = await Assert.ThrowsAsync<DownloadException>(download.RunAsync);

        Assert.Contains($"'{download.Place}' cannot be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_a_folder_and_nothing_are_nothing_special()
    {
        using var download = new Downloading();
        File.WriteAllText(download.Place, "");

        Assert.Equal(new Place(download.Place, false), Place.Of(download.Place));
        Assert.Equal(new Place(download.Part, false), Place.Of(download.Part));
        Assert.False(Place.Of(Path.GetDirectoryName(download.Place)!).IsSpecial);
    }

    static async Task PipeAtAsync(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync(Cancel);
    }
}
