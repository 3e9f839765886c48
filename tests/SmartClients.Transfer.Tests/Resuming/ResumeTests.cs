using System.Text.Json.Nodes;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Tests.Support;
using Xunit;

namespace SmartClients.Transfer.Tests.Resuming;

public class ResumeTests
{
    const int Size = (8 << 20) + 9;

    static readonly byte[] Good = Downloading.Bytes(Size);

    // Ends a download in the middle, as Ctrl-C does.
    static async Task InterruptAsync(Downloading download, ScriptedMirror mirror)
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        mirror.BeforeRead = (position, _) =>
        {
            if (position >= 4 << 20) interruption.Cancel();
            return default;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.RunUntilAsync(interruption.Token));
        mirror.BeforeRead = static (_, _) => default;
        Assert.Equal(["file.bin.part", "file.bin.part.json"], download.Files);
    }

    [Fact]
    public async Task What_an_interrupted_call_had_is_not_fetched_again()
    {
        var mirror = new ScriptedMirror("a:1", Good) { Version = "1" };
        using var download = new Downloading(mirror);
        await InterruptAsync(download, mirror);

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.InRange(report.Resumed, 3 << 20, 5 << 20);
        Assert.Equal(Size, report.Resumed + report.Sources.Single().Bytes);
        Assert.Equal(["file.bin"], download.Files);
    }

    [Fact]
    public async Task A_piece_that_did_not_reach_the_disk_is_fetched_again()
    {
        var mirror = new ScriptedMirror("a:1", Good);
        using var download = new Downloading(mirror);
        await InterruptAsync(download, mirror);
        await using (var part = File.OpenWrite(download.Part))
        {
            part.Position = 200_000;
            await part.WriteAsync(new byte[70_000], TestContext.Current.CancellationToken);
        }

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"version\":9}")]
    [InlineData("{\"version\":1,\"path\":\"/file.bin\",\"size\":-5,\"piece_length\":0,\"hash\":null,\"mirrors\":[],\"pieces\":\"\",\"sums\":\"\"}")]
    public async Task A_damaged_control_file_is_set_aside_and_told_of(string text)
    {
        var mirror = new ScriptedMirror("a:1", Good);
        using var download = new Downloading(mirror);
        await InterruptAsync(download, mirror);
        await File.WriteAllTextAsync(download.Control, text, TestContext.Current.CancellationToken);

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal(0, report.Resumed);
        Assert.Contains(download.Notes, note => note.Contains("set aside as .damaged", StringComparison.Ordinal));
        Assert.Equal(["file.bin", "file.bin.part.json.damaged"], download.Files);
    }

    [Fact]
    public async Task Another_files_part_is_not_taken_for_this_one()
    {
        var mirror = new ScriptedMirror("a:1", Good);
        using var download = new Downloading(mirror);
        await InterruptAsync(download, mirror);
        var control = JsonNode.Parse(await File.ReadAllTextAsync(download.Control, TestContext.Current.CancellationToken))!;
        control["path"] = "/another.bin";
        await File.WriteAllTextAsync(download.Control, control.ToJsonString(), TestContext.Current.CancellationToken);

        var report = await download.RunAsync();

        Assert.Equal((0, Size), (report.Resumed, report.Sources.Single().Bytes));
        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task When_the_file_has_changed_meanwhile_it_is_fetched_from_its_beginning()
    {
        var mirror = new ScriptedMirror("a:1", Good) { Version = "1" };
        using var download = new Downloading(mirror);
        await InterruptAsync(download, mirror);
        (mirror.File, mirror.Version) = (Downloading.Bytes(Size, seed: 5), "2");

        await download.RunAsync();

        Assert.Equal(mirror.File, download.Result);
    }

    [Fact]
    public async Task When_the_file_has_another_size_now_it_is_fetched_from_its_beginning()
    {
        var mirror = new ScriptedMirror("a:1", Good);
        using var download = new Downloading(mirror);
        await InterruptAsync(download, mirror);
        mirror.File = Downloading.Bytes(Size - 5_000_000, seed: 5);

        await download.RunAsync();

        Assert.Equal(mirror.File, download.Result);
    }

    [Fact]
    public async Task Where_nothing_is_to_be_resumed_the_file_is_fetched_from_its_beginning()
    {
        var mirror = new ScriptedMirror("a:1", Good);
        using var download = new Downloading(mirror) { Options = new DownloadOptions { Resume = false } };
        await InterruptAsync(download, mirror);

        var report = await download.RunAsync();

        Assert.Equal(0, report.Resumed);
        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task What_stood_in_its_place_stays_there_until_the_file_is_whole()
    {
        var mirror = new ScriptedMirror("a:1", Good);
        using var download = new Downloading(mirror);
        await File.WriteAllTextAsync(download.Place, "old", TestContext.Current.CancellationToken);
        mirror.BeforeRead = (_, _) =>
        {
            Assert.Equal("old", File.ReadAllText(download.Place));
            return default;
        };

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }
}
