using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Connections;
using SmartClients.Transfer.Tests.Protocols.Sites;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols;

/// <summary>What every protocol promises, against a real server of its kind: a line in the table of schemes enrols one here.</summary>
public class EveryProtocolTests
{
    const int Size = 24 << 20;

    static readonly byte[] Content = MakeContent();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Schemes => [.. SmartClients.Transfer.Protocols.Schemes.Names];

    [Theory, MemberData(nameof(Schemes))]
    public async Task The_whole_file_comes_with_its_facts(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file.bin", Content);
        await using var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), FilePart.Whole, Cancel);
        Assert.Equal((Size, 0L, true), (file.Facts.Size, file.Start, file.Honoured));
        Assert.NotNull(file.Facts.Version);
        Assert.InRange(file.Facts.Modified!.Value, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddSeconds(2));
        Assert.True(Same(0, Size, await AllAsync(file)));
    }

    // Records of TLS and portions of SFTP are short however much is there.
    [Theory, MemberData(nameof(Schemes))]
    public async Task Bytes_are_gathered_only_where_nothing_cuts_them(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file.bin", Content);
        await using var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), new FilePart(0, Size / 2), Cancel);
        Assert.Equal(OperatingSystem.IsLinux() && scheme is "http" or "ftp", Assert.IsAssignableFrom<PartStream>(file.Content).Gathers);
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_part_in_the_middle_comes_and_nothing_more_many_times_over_one_connection(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file.bin", Content);
        string? version = null;
        foreach (var (offset, length) in new (int, int)[] { (0, 1), (1, 1 << 20), (Size / 2, 3 << 20), (Size - 1, 1), (7 << 20, 70_000), (Size - 100_000, 100_000) })
        {
            await using var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), new FilePart(offset, length) { Version = version }, Cancel);
            version = file.Facts.Version;
            Assert.Equal((Size, offset, true), (file.Facts.Size, file.Start, file.Honoured));
            Assert.True(Same(offset, length, await AllAsync(file)));
        }
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task The_rest_of_a_file_comes_and_none_of_it_at_its_end(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file.bin", Content);
        await using (var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), new FilePart(Size - 12345), Cancel))
            Assert.True(Same(Size - 12345, 12345, await AllAsync(file)));
        await using var none = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), new FilePart(Size), Cancel);
        Assert.Empty(await AllAsync(none));
        var beyond = await Assert.ThrowsAsync<FileException>(async () => await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), new FilePart(Size + 1), Cancel));
        Assert.Equal(FileProblem.BeyondEnd, beyond.Problem);
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_part_longer_than_the_file_ends_with_the_file(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("small", "0123456789"u8);
        await using var file = await schemes.Of(scheme).OpenAsync(site.Of("small"), new FilePart(4, 100), Cancel);
        Assert.Equal("456789"u8.ToArray(), await AllAsync(file));
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task An_empty_file_is_a_file(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("empty", []);
        await using var file = await schemes.Of(scheme).OpenAsync(site.Of("empty"), FilePart.Whole, Cancel);
        Assert.Equal(0, file.Facts.Size);
        Assert.Empty(await AllAsync(file));
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_missing_file_is_told_and_the_connection_serves_on(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("there", "yes"u8);
        var missing = await Assert.ThrowsAsync<FileException>(async () => await schemes.Of(scheme).OpenAsync(site.Of("not there"), FilePart.Whole, Cancel));
        Assert.Equal(FileProblem.Missing, missing.Problem);
        Assert.Equal(FileProblem.Missing, (await Assert.ThrowsAsync<FileException>(async () => await schemes.Of(scheme).LookAsync(site.Of("not there"), Cancel))).Problem);
        Assert.Equal(3, (await schemes.Of(scheme).LookAsync(site.Of("there"), Cancel)).Size);
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task Names_may_hold_blanks_and_any_letters(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("a folder/Größe 100% – 大小", "yes"u8);
        await using var file = await schemes.Of(scheme).OpenAsync(site.Of("a folder/Größe 100% – 大小"), FilePart.Whole, Cancel);
        Assert.Equal("yes"u8.ToArray(), await AllAsync(file));
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_file_that_has_changed_between_two_parts_is_told(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file", "first version"u8);
        var version = (await schemes.Of(scheme).LookAsync(site.Of("file"), Cancel)).Version;
        site.Put("file", "a second and longer version"u8);
        var changed = await Assert.ThrowsAsync<FileException>(
            async () => await schemes.Of(scheme).OpenAsync(site.Of("file"), new FilePart(2, 4) { Version = version }, Cancel));
        Assert.Equal(FileProblem.Changed, changed.Problem);
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_reader_that_leaves_early_does_not_spoil_the_next_use(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file.bin", Content);
        var buffer = new byte[100_000];
        for (var offset = 0; offset < 8 << 20; offset += 1 << 20)
        {
            await using var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), new FilePart(offset), Cancel);
            await file.Content.ReadExactlyAsync(buffer, Cancel);
            Assert.True(Same(offset, buffer.Length, buffer));
        }
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_read_that_is_cancelled_ends_as_cancelled_and_does_not_spoil_the_next_use(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file.bin", Content);
        await using (var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), FilePart.Whole, Cancel))
        {
            using var mine = new CancellationTokenSource();
            await file.Content.ReadAtLeastAsync(new byte[10], 1, cancellationToken: mine.Token);
            await mine.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await file.Content.CopyToAsync(Stream.Null, mine.Token));
        }
        await using var again = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), new FilePart(5, 10), Cancel);
        Assert.Equal(Content[5..15], await AllAsync(again));
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task Many_read_at_once(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file.bin", Content);
        await Parallel.ForAsync(0, 6, Cancel, async (i, cancel) =>
        {
            await using var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), new FilePart(i << 20, 1 << 20), cancel);
            Assert.True(Same(i << 20, 1 << 20, await AllAsync(file)));
        });
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_server_that_is_killed_is_no_end_of_the_file(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("file.bin", Content);
        await using var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), FilePart.Whole, Cancel);
        await file.Content.ReadExactlyAsync(new byte[10], Cancel);
        await site.SignalAsync("KILL", Cancel);
        await Assert.ThrowsAsync<FileException>(async () => await AllAsync(file));
        var dead = await Assert.ThrowsAsync<FileException>(async () => await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), FilePart.Whole, Cancel));
        Assert.Equal(FileProblem.Unreachable, dead.Problem);
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_server_that_is_frozen_is_given_up_within_its_limit(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options with { StallLimit = TimeSpan.FromSeconds(1), ReplyLimit = TimeSpan.FromSeconds(1) });
        site.Put("file.bin", Content);
        await using var file = await schemes.Of(scheme).OpenAsync(site.Of("file.bin"), FilePart.Whole, Cancel);
        await file.Content.ReadExactlyAsync(new byte[10], Cancel);
        await site.SignalAsync("STOP", Cancel);
        var frozen = await Assert.ThrowsAsync<FileException>(async () => await AllAsync(file));
        Assert.Equal(FileProblem.TimedOut, frozen.Problem);
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task Nobody_there_is_told_as_never_sent(string scheme)
    {
        var site = await Site.StartAsync(scheme, Cancel);
        await site.DisposeAsync();
        await using var schemes = new Schemes(site.Options with { SshFolder = Path.GetTempPath() });
        var nobody = await Assert.ThrowsAsync<FileException>(async () => await schemes.Of(scheme).LookAsync(site.Of("file"), Cancel));
        Assert.Equal((FileProblem.Unreachable, SmartClients.Outcomes.Delivery.NeverSent), (nobody.Problem, nobody.Delivery));
    }

    [Theory, MemberData(nameof(Schemes))]
    public async Task A_folder_is_listed(string scheme)
    {
        await using var site = await Site.StartAsync(scheme, Cancel);
        await using var schemes = new Schemes(site.Options);
        site.Put("tree/one file", "12345"u8);
        site.Put("tree/zwei&größer", "1234567"u8);
        site.Put("tree/below/three", "1"u8);
        var entries = await schemes.Of(scheme).ListAsync(site.Of("tree/"), Cancel);
        Assert.Equal([("below", true), ("one file", false), ("zwei&größer", false)], entries.Select(e => (e.Name, e.IsFolder)).Order());
        if (!scheme.StartsWith("http", StringComparison.Ordinal)) Assert.Equal(5, entries.Single(e => e.Name == "one file").Size);
    }

    static bool Same(int offset, int length, byte[] got) => Content.AsSpan(offset, length).SequenceEqual(got);

    static async Task<byte[]> AllAsync(RemoteFile file)
    {
        using var all = new MemoryStream();
        await file.Content.CopyToAsync(all, Cancel);
        return all.ToArray();
    }

    static byte[] MakeContent()
    {
        var content = new byte[Size];
        new Random(1).NextBytes(content);
        return content;
    }
}
