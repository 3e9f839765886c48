using System.Security.Cryptography;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Tests.Support;
using Xunit;

namespace SmartClients.Transfer.Tests.Engine;

/// <summary>What mirrors do to a download, each as a test of its own.</summary>
public class EdgeCaseTests
{
    const int Size = (8 << 20) + 5;

    static readonly byte[] Good = Downloading.Bytes(Size);

    static byte[] Page => System.Text.Encoding.UTF8.GetBytes("<html><title>404</title></html>");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_range_is_ignored_by_one_mirror(int parallel)
    {
        using var download = new Downloading(new("a:1", Good) { IgnoresParts = true }, new("b:1", Good), new("c:1", Good)) { Options = new() { Parallel = parallel } };

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_range_is_ignored_by_every_mirror(int parallel)
    {
        ScriptedMirror[] mirrors = [new("a:1", Good) { IgnoresParts = true }, new("b:1", Good) { IgnoresParts = true }];
        using var download = new Downloading(mirrors) { Options = new() { Parallel = parallel } };

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
        // Each sends it once from the beginning, and not once for each piece.
        Assert.All(mirrors, mirror => Assert.InRange(mirror.Opened, 0, 3));
    }

    [Fact]
    public async Task A_range_is_ignored_and_the_mirror_dies_in_the_middle()
    {
        var dying = new ScriptedMirror("a:1", Good) { IgnoresParts = true };
        dying.BeforeRead = (position, _) => position >= 3 << 20 ? throw new FileException(FileProblem.Broken, "connection reset") : default;
        using var download = new Downloading(dying, new("b:1", Good) { IgnoresParts = true }) { Options = new() { Parallel = 1 } };

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_drip_of_a_byte_now_and_then_does_not_hold_the_file(int parallel)
    {
        var drip = new ScriptedMirror("a:1", Good) { Chunk = 1 };
        drip.BeforeRead = static async (_, cancel) => await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancel);
        using var download = new Downloading(drip, new("b:1", Good), new("c:1", Good)) { Options = new() { Parallel = parallel } };

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task A_page_of_HTML_is_not_taken_for_the_file()
    {
        var page = new FileFacts { ContentType = "text/html" };
        using var download = new Downloading(new("a:1", Page) { Facts = page }, new("b:1", Good), new("c:1", Good));

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal(0, report.Sources.Single(source => source.Endpoint == "a:1").Bytes);
    }

    [Fact]
    public async Task Two_pages_of_HTML_against_one_file_are_not_a_majority()
    {
        var page = new FileFacts { ContentType = "text/html" };
        using var download = new Downloading(new("a:1", Page) { Facts = page }, new("b:1", Page) { Facts = page }, new("c:1", Good));

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task A_page_that_every_mirror_sends_is_the_file()
    {
        var page = new FileFacts { ContentType = "text/html" };
        using var download = new Downloading(new("a:1", Page) { Facts = page }, new("b:1", Page) { Facts = page });

        await download.RunAsync();

        Assert.Equal(Page, download.Result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Of_different_sizes_the_majority_counts_and_the_other_is_named(int odd)
    {
        ScriptedMirror[] mirrors = [new("a:1", Good), new("b:1", Good), new("c:1", Good)];
        mirrors[odd].File = Downloading.Bytes(Size - 1000, seed: 2);
        using var download = new Downloading(mirrors);

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Contains($"says that the file has {Size - 1000} bytes, not {Size}", report.Sources[odd].Reason, StringComparison.Ordinal);
        Assert.Contains(download.Notes, note => note.StartsWith(mirrors[odd].Endpoint.Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_different_sizes_the_one_that_is_known_beforehand_counts_whatever_most_say()
    {
        var other = Downloading.Bytes(Size + 1, seed: 2);
        using var download = new Downloading(new("a:1", other), new("b:1", other), new("c:1", Good)) { Options = new() { Sums = new() { Size = Size } } };

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task A_mirror_whose_file_changes_in_the_middle_is_left_out()
    {
        var changing = new ScriptedMirror("a:1", Good) { Version = "1" };
        // Each opening is followed by another version.
        changing.BeforeRead = (position, _) =>
        {
            if (position % (1 << 18) >= 1 << 17) changing.Version = "2";
            if (changing.Version == "2") throw new FileException(FileProblem.Broken, "connection reset");
            return default;
        };
        using var download = new Downloading(changing, new("b:1", Good) { Version = "1" }, new("c:1", Good) { Version = "1" });

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Null(report.Sources[1].Reason);
    }

    [Fact]
    public async Task When_the_only_mirrors_file_changes_in_the_middle_it_is_fetched_from_its_beginning()
    {
        var newer = Downloading.Bytes(Size, seed: 3);
        var changing = new ScriptedMirror("a:1", Good) { Version = "1" };
        changing.BeforeRead = (position, _) =>
        {
            if (changing.Version != "1" || position < 4 << 20) return default;
            (changing.File, changing.Version) = (newer, "2");
            throw new FileException(FileProblem.Broken, "connection reset");
        };
        using var download = new Downloading(changing);

        await download.RunAsync();

        Assert.Equal(newer, download.Result);
    }

    [Fact]
    public async Task The_last_piece_on_the_slowest_mirror_is_brought_by_another()
    {
        var slow = new ScriptedMirror("a:1", Good) { Chunk = 4 << 10 };
        var (others, gate) = (0L, new TaskCompletionSource());
        // It sends a little, and nothing more before the test is over: only a copy elsewhere can end the file.
        slow.BeforeRead = async (position, cancel) =>
        {
            if (position % (128 << 10) >= 32 << 10) await gate.Task.WaitAsync(cancel);
        };
        ScriptedMirror[] fast = [new("b:1", Good), new("c:1", Good)];
        foreach (var mirror in fast) mirror.BeforeRead = (_, _) => { Interlocked.Increment(ref others); return default; };
        using var download = new Downloading([slow, .. fast]);

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal(Size, report.Bytes);
        gate.SetResult();
    }

    [Fact]
    public async Task Mirrors_that_date_the_file_differently_are_told_of()
    {
        var old = new FileFacts { Modified = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var young = new FileFacts { Modified = new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        using var download = new Downloading(new("a:1", Good) { Facts = old }, new("b:1", Good) { Facts = young });

        await download.RunAsync();

        Assert.Contains(download.Notes, note => note.Contains("2020-01-01", StringComparison.Ordinal) && note.Contains("2021-01-01", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mirror_that_has_not_the_file_is_done_without()
    {
        using var download = new Downloading(new("a:1", Good) { Problem = FileProblem.Missing }, new("b:1", Good) { Problem = FileProblem.Denied }, new("c:1", Good));

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
    }

    [Fact]
    public async Task A_mirror_that_was_away_for_a_moment_is_used_again()
    {
        var away = new ScriptedMirror("a:1", Good);
        var failures = 0;
        away.BeforeRead = (position, _) => position >= 2 << 20 && Interlocked.Increment(ref failures) <= 3 ? throw new FileException(FileProblem.Broken, "connection reset") : default;
        using var download = new Downloading(away);

        await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.Equal(SHA256.HashData(Good), SHA256.HashData(download.Result));
    }
}
