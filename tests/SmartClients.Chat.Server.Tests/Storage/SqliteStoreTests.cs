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
        var (rooms, last) = await Store.ChangedAsync(0, 10, Cancel);
        Assert.Equal(["a", "b"], rooms);
        await WriteAsync(Ada, 2, "a");
        (rooms, last) = await Store.ChangedAsync(last, 10, Cancel);
        Assert.Equal(["a"], rooms);
        Assert.Empty((await Store.ChangedAsync(last, 10, Cancel)).Rooms);
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

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
