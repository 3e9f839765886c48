using System.Collections.Immutable;
using System.Security.Cryptography;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Tests.Support;
using Xunit;

namespace SmartClients.Transfer.Tests.Engine;

/// <summary>A mirror serves wrong bytes of the right number: the file is right all the same, and the mirror is named.</summary>
public class WrongBytesTests
{
    const int Size = (8 << 20) + 77;
    const int Stretch = 1 << 18;

    static readonly byte[] Good = Downloading.Bytes(Size);
    static readonly Hash Whole = new(HashAlgorithmName.SHA256, SHA256.HashData(Good));

    static byte[] Wrong(int every)
    {
        var bytes = Good.ToArray();
        for (var i = every / 2; i < bytes.Length; i += every) bytes[i] ^= 1;
        return bytes;
    }

    static StretchSums Stretches(int length) =>
        new(length, [.. Good.Chunk(length).Select(part => new Hash(HashAlgorithmName.SHA256, SHA256.HashData(part)))]);

    [Theory]
    [InlineData(1 << 15)]
    [InlineData(Stretch)]
    [InlineData(3 << 19)]
    [InlineData(5 << 20)]
    [InlineData(100_003)]
    public async Task With_the_hashes_of_stretches_of_any_length(int length)
    {
        using var download = new Downloading(new("a:1", Good), new("b:1", Wrong(Stretch)), new("c:1", Good)) { Options = new() { Sums = new() { Stretches = Stretches(length) } } };

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        Assert.StartsWith("serves wrong bytes", Of(report, "b:1").Reason, StringComparison.Ordinal);
        Assert.Equal((null, null), (Of(report, "a:1").Reason, Of(report, "c:1").Reason));
        Assert.Contains(download.Notes, note => note.StartsWith("b:1 serves wrong bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_hashes_of_stretches_only_the_wrong_ones_are_fetched_again()
    {
        using var download = new Downloading(new("a:1", Good), new("b:1", Wrong(4 << 20)), new("c:1", Good)) { Options = new() { Sums = new() { Stretches = Stretches(Stretch) } } };

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        // What one or two stretches weigh, and copies of the last ones.
        Assert.InRange(report.Sources.Sum(source => source.Bytes), Size, Size + 8 * Stretch);
    }

    [Theory]
    [InlineData(Stretch)]
    [InlineData(2 << 20)]
    [InlineData(2 * Size - 2)]
    public async Task With_the_hash_of_the_whole_file_alone_a_third_mirror_tells_who_is_wrong(int every)
    {
        ScriptedMirror[] mirrors = [new("a:1", Good), new("b:1", Wrong(every)), new("c:1", Good)];
        using var download = new Downloading(mirrors) { Options = new() { Sums = new() { Whole = Whole } } };

        var report = await download.RunAsync();

        Assert.Equal(Good, download.Result);
        if (Of(report, "b:1").Reason is { } reason) Assert.StartsWith("serves wrong bytes", reason, StringComparison.Ordinal);
        Assert.Equal((null, null), (Of(report, "a:1").Reason, Of(report, "c:1").Reason));
    }

    [Fact]
    public async Task With_the_hash_of_the_whole_file_alone_and_two_mirrors_the_hash_tells_who_is_wrong()
    {
        foreach (var wrong in new[] { 0, 1 })
        {
            ScriptedMirror[] mirrors = [new("a:1", wrong == 0 ? Wrong(Stretch) : Good), new("b:1", wrong == 1 ? Wrong(Stretch) : Good)];
            using var download = new Downloading(mirrors) { Options = new() { Sums = new() { Whole = Whole } } };

            var report = await download.RunAsync();

            Assert.Equal(Good, download.Result);
            Assert.StartsWith("serves wrong bytes", report.Sources[wrong].Reason, StringComparison.Ordinal);
            Assert.Null(report.Sources[1 - wrong].Reason);
        }
    }

    [Fact]
    public async Task When_everybody_serves_the_same_wrong_bytes_the_file_is_refused_and_nothing_stands_in_its_place()
    {
        var wrong = Wrong(Stretch);
        using var download = new Downloading(new("a:1", wrong), new("b:1", wrong)) { Options = new() { Sums = new() { Whole = Whole } } };

        var error = await Assert.ThrowsAsync<DownloadException>(download.RunAsync);

        Assert.Contains($"should be {Whole}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("file.bin", download.Files);
    }

    [Fact]
    public async Task When_everybody_serves_a_wrong_stretch_the_file_is_refused_and_all_are_named()
    {
        using var download = new Downloading(new("a:1", Wrong(Stretch)), new("b:1", Wrong(Stretch))) { Options = new() { Sums = new() { Stretches = Stretches(Stretch) } } };

        var error = await Assert.ThrowsAsync<DownloadException>(download.RunAsync);

        Assert.Contains("a:1 serves wrong bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("b:1 serves wrong bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_one_source_tells_the_hashes_of_all_stretches_the_whole_is_not_hashed_once_more_but_for_another_source_it_is()
    {
        var other = new Hash(HashAlgorithmName.SHA256, new byte[32]);
        var told = new Sums { Size = Size, Whole = other, Stretches = Stretches(Stretch) };
        using var once = new Downloading(new("a:1", Good), new("b:1", Good)) { Options = new() { Sums = told } };
        using var twice = new Downloading(new("a:1", Good), new("b:1", Good)) { Options = new() { Sums = new Sums { Whole = other }.And(told) } };

        await once.RunAsync();
        var error = await Assert.ThrowsAsync<DownloadException>(twice.RunAsync);

        Assert.Equal(Good, once.Result);
        Assert.Contains($"should be {other}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Into_a_pipe_no_wrong_stretch_goes()
    {
        using var download = new Downloading(new("a:1", Good), new("b:1", Wrong(Stretch)), new("c:1", Good)) { Options = new() { Room = 1 << 20, Sums = new() { Stretches = Stretches(Stretch) } } };
        using var output = new MemoryStream();

        await download.PipeAsync(output);

        Assert.Equal(Good, output.ToArray());
    }

    static SourceReport Of(DownloadReport report, string endpoint) => report.Sources.Single(source => source.Endpoint == endpoint);
}
