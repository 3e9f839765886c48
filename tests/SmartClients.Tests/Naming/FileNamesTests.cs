using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Naming;

public sealed class FileNamesTests : IDisposable
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    readonly string path = Path.GetTempFileName();
    readonly VirtualTime time = new();
    readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    int writes;

    public void Dispose()
    {
        stop.Dispose();
        File.Delete(path);
    }

    // A later time for each write, whatever the file system's resolution.
    void Write(string text)
    {
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddDays(++writes));
    }

    async Task<string> NextAsync(IAsyncEnumerator<MemberSet> sets)
    {
        var next = sets.MoveNextAsync().AsTask();
        await Real.Until(time, Look, () => next.IsCompleted);
        Assert.True(await next);
        return string.Join(' ', sets.Current.Endpoints);
    }

    [Fact]
    public async Task Follows_the_file_through_changes_half_writes_and_absence()
    {
        Write("""{"members":["a:1"]}""");
        var names = new FileNames(path);
        await using var sets = names.WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.Equal("a:1", await NextAsync(sets));
        Assert.Contains(path, names.Description, StringComparison.Ordinal);

        var next = sets.MoveNextAsync().AsTask();
        Write("""{"members":["a:1","b""");
        for (var i = 0; i < 5; i++) time.Run(Look);
        Write("");
        for (var i = 0; i < 5; i++) time.Run(Look);
        File.Delete(path);
        for (var i = 0; i < 5; i++) time.Run(Look);
        Assert.False(next.IsCompleted);

        Write("""{"members":["a:1","b:2"]}""");
        await Real.Until(time, Look, () => next.IsCompleted);
        Assert.True(await next);
        Assert.Equal("a:1 b:2", string.Join(' ', sets.Current.Endpoints));
    }

    [Fact]
    public async Task A_rename_over_the_file_is_seen()
    {
        Write("""{"members":["a:1"]}""");
        await using var sets = new FileNames(path).WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        await NextAsync(sets);
        var beside = path + ".new";
        File.WriteAllText(beside, """{"members":["c:3","d:4"]}""");
        File.Move(beside, path, overwrite: true);
        Assert.Equal("c:3 d:4", await NextAsync(sets));
    }

    [Fact]
    public async Task Told_that_the_group_has_changed_it_looks_before_its_time()
    {
        Write("""{"members":["a:1"]}""");
        var names = new FileNames(path);
        await using var sets = names.WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        await NextAsync(sets);
        Write("""{"members":["a:1","b:2"]}""");
        var next = sets.MoveNextAsync().AsTask();
        names.Nudge();
        var start = time.Now;
        await Real.Until(time, TimeSpan.FromMilliseconds(10), () => next.IsCompleted || time.Now - start > 900_000_000);
        Assert.True(await next);
        Assert.Equal("a:1 b:2", string.Join(' ', sets.Current.Endpoints));
    }

    [Fact]
    public async Task The_same_file_is_told_once()
    {
        Write("""{"members":["a:1"]}""");
        await using var sets = new FileNames(path).WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        await NextAsync(sets);
        var next = sets.MoveNextAsync().AsTask();
        for (var i = 0; i < 20; i++) time.Run(Look);
        Assert.False(next.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task A_file_that_could_not_be_opened_is_tried_again_though_it_did_not_change()
    {
        Write("""{"members":["a:1"]}""");
        await using var sets = new FileNames(path).WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        await NextAsync(sets);
        Write("""{"members":["a:1","b:2"]}""");
        var next = sets.MoveNextAsync().AsTask();
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            for (var i = 0; i < 5; i++) time.Run(Look);
        Assert.False(next.IsCompleted);
        await Real.Until(time, Look, () => next.IsCompleted);
        Assert.True(await next);
        Assert.Equal("a:1 b:2", string.Join(' ', sets.Current.Endpoints));
    }

    [Fact]
    public async Task A_file_that_never_was_is_told_by_name()
    {
        File.Delete(path);
        await using var sets = new FileNames(path).WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        var error = await Assert.ThrowsAsync<FileNotFoundException>(async () => await sets.MoveNextAsync());
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_not_said_to_be_missing()
    {
        var folder = Path.GetDirectoryName(path)!;
        await using var sets = new FileNames(folder).WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        var error = await Assert.ThrowsAsync<FormatException>(async () => await sets.MoveNextAsync());
        Assert.Equal($"{folder} is a folder: name the file in it.", error.Message);
    }

    [Fact]
    public async Task A_file_wrong_from_the_start_is_told_with_the_place()
    {
        Write("""{"members":["a"]}""");
        await using var sets = new FileNames(path).WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        var error = await Assert.ThrowsAsync<FormatException>(async () => await sets.MoveNextAsync());
        Assert.Contains("member 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_too_large_is_not_read()
    {
        using (var file = File.OpenWrite(path)) file.SetLength(MembersDocument.MostBytes + 1);
        await using var sets = new FileNames(path).WatchAsync(time, stop.Token).GetAsyncEnumerator(stop.Token);
        var error = await Assert.ThrowsAsync<FormatException>(async () => await sets.MoveNextAsync());
        Assert.Contains("16 MiB", error.Message, StringComparison.Ordinal);
    }
}
