using SmartClients.Chat.Server.Storage;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Storage;

public sealed class SqliteStoreTests : RoomStoreContract
{
    readonly TemporaryFolder folder = new();

    internal override Task<RoomStore> OpenAsync() => Task.FromResult<RoomStore>(new SqliteStore(folder.Path, Limits));

    [Fact]
    public async Task It_is_there_after_a_restart()
    {
        await WriteAsync(Ada, 1);
        var identity = Store.Identity;
        await Store.DisposeAsync();
        await using var again = new SqliteStore(folder.Path, Limits);
        Assert.Equal(identity, again.Identity);
        Assert.Equal(Message(Ada, 1), Assert.Single(await again.ReadAsync("lobby", 0, 10, Cancel)).Message);
    }

    [Fact]
    public async Task Rooms_that_changed_are_told_from_the_longest_unchanged_on()
    {
        await WriteAsync(Ada, 1, "a");
        await WriteAsync(Ada, 1, "b");
        var changed = await Store.ChangedAsync(0, 10, Cancel);
        Assert.Equal(["a", "b"], changed.Select(one => one.Room));
        Assert.Equal(["b"], (await Store.ChangedAsync(changed[0].Last, 10, Cancel)).Select(one => one.Room));
        await WriteAsync(Ada, 2, "a");
        changed = await Store.ChangedAsync(changed[1].Last, 10, Cancel);
        Assert.Equal("a", Assert.Single(changed).Room);
        Assert.Empty(await Store.ChangedAsync(changed[0].Last, 10, Cancel));
    }

    [Fact]
    public async Task What_a_peer_has_acknowledged_is_taken_beyond_the_limits()
    {
        for (var i = 1; i <= Limits.Rooms + 1; i++) Assert.Equal(AppendOutcome.Stored, Assert.Single(await Store.TakeOverAsync("room" + i, [Message(Ada, 1)], Cancel)).Outcome);
        for (var i = 1; i <= Limits.SendersInRoom + 1; i++)
            Assert.Equal(AppendOutcome.Stored, Assert.Single(await Store.TakeOverAsync("room1", [Message(SenderKey.Create(), 1)], Cancel)).Outcome);
        Assert.Equal(AppendOutcome.Full, (await WriteAsync(Bob, 1, "room1")).Outcome);
    }

    [Fact]
    public void What_is_no_database_is_named_with_the_remedy()
    {
        using var other = new TemporaryFolder();
        other.Write("chat.db", new string('x', 5000));
        var error = Assert.Throws<IOException>(() => new SqliteStore(other.Path, Limits));
        Assert.Contains("chat.db", error.Message, StringComparison.Ordinal);
        Assert.Contains("move it away", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_one_servers_at_a_time()
    {
        var error = Assert.Throws<IOException>(() => new SqliteStore(folder.Path, Limits));
        Assert.Equal($"The data folder '{folder.Path}' is in use by another chat server: end that one, or give each a folder of its own.", error.Message);
        await Store.DisposeAsync();
        await new SqliteStore(folder.Path, Limits).DisposeAsync();
    }

    [Fact]
    public async Task Its_files_are_nobody_elses_to_read()
    {
        if (OperatingSystem.IsWindows()) return;
        await WriteAsync(Ada, 1);
        var files = Directory.GetFiles(folder.Path);
        Assert.Contains(files, file => file.EndsWith("chat.db-wal", StringComparison.Ordinal));
        foreach (var file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
