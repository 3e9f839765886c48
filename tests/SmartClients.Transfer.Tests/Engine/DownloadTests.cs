using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Tests.Support;
using Xunit;

namespace SmartClients.Transfer.Tests.Engine;

public class DownloadTests
{
    const int Size = (8 << 20) + 12345;

    static readonly byte[] Good = Downloading.Bytes(Size);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(Size)]
    public async Task A_file_of_any_size_comes_whole(int size)
    {
        var file = Downloading.Bytes(size);
        using var download = new Downloading(new("a:1", file), new("b:1", file), new("c:1", file));

        var report = await download.RunAsync();

        Assert.Equal(file, download.Result);
        Assert.Equal((size, 0), (report.Bytes, report.Resumed));
        Assert.Equal(["file.bin"], download.Files);
        Assert.Empty(download.Notes);
    }

    [Fact]
    public async Task Blocks_that_are_there_are_read_without_a_pause()
    {
        using var download = new Downloading(new ScriptedMirror("a:1", Good) { Chunk = 32 << 10, ComesInBlocks = true });
        // The clock stands still: whoever waits for it waits for ever.
        download.Options = new DownloadOptions { Time = new FakeTimeProvider() };

        await download.RunAsync().WaitAsync(TimeSpan.FromSeconds(30), Downloading.Cancel);

        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task Every_mirror_brings_a_part()
    {
        ScriptedMirror[] mirrors = [new("a:1", Good), new("b:1", Good), new("c:1", Good)];
        using var download = new Downloading(mirrors);

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.All(report.Sources, source => Assert.True(source.Bytes > 0, source.ToString()));
        Assert.All(report.Sources, source => Assert.Equal(0, source.Failures));
        // A lane that is open is read on from: nobody is asked anew for each piece.
        Assert.All(mirrors, mirror => Assert.InRange(mirror.Opened, 1, 12));
    }

    [Fact]
    public async Task A_mirror_that_is_slow_to_answer_holds_nobody_up_and_joins_when_it_has()
    {
        var (others, late) = (0, new TaskCompletionSource());
        var slow = new ScriptedMirror("a:1", Good) { BeforeLook = async cancel => await late.Task.WaitAsync(cancel) };
        ScriptedMirror[] mirrors = [slow, new("b:1", Good), new("c:1", Good)];
        foreach (var mirror in mirrors[1..])
            mirror.BeforeRead = async (_, cancel) =>
            {
                // A third of the file, and then not a byte until the slow one has brought some.
                if (Interlocked.Increment(ref others) == 40) late.SetResult();
                while (Volatile.Read(ref others) > 40 && slow.Opened == 0) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancel);
            };
        using var download = new Downloading(mirrors);

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.All(report.Sources, source => Assert.True(source.Bytes > 0, source.ToString()));
    }

    [Fact]
    public async Task A_mirror_that_never_says_what_it_has_is_not_waited_for()
    {
        var silent = new ScriptedMirror("a:1", Good) { BeforeLook = static async cancel => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel) };
        using var download = new Downloading(silent, new("b:1", Good), new("c:1", Good));

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal(0, silent.Opened);
    }

    [Fact]
    public async Task One_at_a_time_is_the_papers_way()
    {
        ScriptedMirror[] mirrors = [new("a:1", Good), new("b:1", Good)];
        var (reading, most) = (0, 0);
        foreach (var mirror in mirrors)
            mirror.BeforeRead = async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref reading));
                await Task.Yield();
                Interlocked.Decrement(ref reading);
            };
        using var download = new Downloading(mirrors) { Options = new DownloadOptions { Parallel = 1 } };

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_mirror_that_dies_in_the_middle_is_gone_on_from_at_the_byte_reached()
    {
        var dying = new ScriptedMirror("a:1", Good);
        dying.BeforeRead = (position, _) => position >= 3 << 20 ? throw new FileException(FileProblem.Broken, "connection reset") : default;
        var other = new ScriptedMirror("b:1", Good);
        using var download = new Downloading(dying, other) { Options = new DownloadOptions { Parallel = 1 } };

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task A_dead_mirror_is_not_noticed()
    {
        using var download = new Downloading(new("a:1", Good) { Problem = FileProblem.Unreachable }, new("b:1", Good), new("c:1", Good));

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal(0, report.Sources.Single(source => source.Endpoint == "a:1").Bytes);
    }

    [Fact]
    public async Task When_every_mirror_is_dead_the_file_is_given_up_and_nothing_stands_in_its_place()
    {
        using var download = new Downloading(new("a:1", Good) { Problem = FileProblem.Unreachable }, new("b:1", Good) { Problem = FileProblem.Unreachable });

        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(download.RunAsync);

        Assert.Contains("a:1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("file.bin", download.Files);
    }

    [Fact]
    public async Task A_file_that_no_mirror_has_is_missing()
    {
        using var download = new Downloading(new("a:1", Good) { Problem = FileProblem.Missing }, new("b:1", Good) { Problem = FileProblem.Missing });

        await Assert.ThrowsAnyAsync<Exception>(download.RunAsync);

        Assert.DoesNotContain("file.bin", download.Files);
    }

    [Fact]
    public async Task A_frozen_mirror_does_not_hold_the_end()
    {
        var frozen = new ScriptedMirror("a:1", Good);
        frozen.BeforeRead = async (position, cancel) =>
        {
            if (position % (1 << 20) >= 64 << 10) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        };
        using var download = new Downloading(frozen, new("b:1", Good), new("c:1", Good));

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task The_hash_is_told_where_it_is_wanted()
    {
        using var download = new Downloading(new("a:1", Good), new("b:1", Good)) { Options = new DownloadOptions { TellHash = true } };

        var report = await download.RunAsync();

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Good)), report.Sha256);
    }

    [Fact]
    public async Task Into_a_pipe_it_goes_in_order_with_no_more_in_memory_than_may_be()
    {
        using var download = new Downloading(new("a:1", Good), new("b:1", Good), new("c:1", Good)) { Options = new DownloadOptions { Room = 1 << 20, TellHash = true } };
        using var output = new MemoryStream();

        var report = await download.PipeAsync(output);

        Assert.Equal(Good, output.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Good)), report.Sha256);
        Assert.Empty(download.Files);
    }

    [Fact]
    public async Task A_file_whose_size_nobody_tells_comes_whole_also_when_its_mirror_dies()
    {
        var dying = new ScriptedMirror("a:1", Good) { SaysSize = false };
        dying.BeforeRead = (position, _) => position >= 1 << 20 ? throw new FileException(FileProblem.Broken, "connection reset") : default;
        using var download = new Downloading(dying, new("b:1", Good) { SaysSize = false }) { Options = new DownloadOptions { TellHash = true } };

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal(Size, report.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Good)), report.Sha256);
    }
}
