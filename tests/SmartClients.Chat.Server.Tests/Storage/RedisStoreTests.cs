using SmartClients.Chat.Server.Storage;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Storage;

public sealed class RedisStoreTests : RoomStoreContract
{
    Redis redis = null!;

    internal override async Task<RoomStore> OpenAsync() => await RedisStore.OpenAsync(redis.Address, Limits);

    public override async ValueTask InitializeAsync()
    {
        redis = await Redis.StartAsync(Cancel);
        await base.InitializeAsync();
    }

    [Fact]
    public async Task What_one_server_writes_the_others_are_told()
    {
        await using var other = await OpenAsync();
        var told = 0;
        other.Changed += _ => Interlocked.Increment(ref told);
        await WriteAsync(Ada, 1);
        await Poll.UntilAsync(() => Volatile.Read(ref told) > 0, Cancel);
        Assert.Equal(await Store.ReadAsync("lobby", 0, 10, Cancel), await other.ReadAsync("lobby", 0, 10, Cancel));
        Assert.Equal(Store.Identity, other.Identity);
    }

    [Fact]
    public async Task It_is_there_after_Redis_was_killed()
    {
        await WriteAsync(Ada, 1);
        await redis.KillAndRestartAsync(Cancel);
        await using var again = await OpenAsync();
        Assert.Equal(Message(Ada, 1), Assert.Single(await again.ReadAsync("lobby", 0, 10, Cancel)).Message);
    }

    [Fact]
    public async Task One_that_was_lost_has_another_identity_with_the_next_thing_that_it_is_asked()
    {
        await WriteAsync(Ada, 1);
        await using var other = await OpenAsync();
        var (identity, told) = (Store.Identity, 0);
        other.BegunAnew += () => told++;
        await redis.KillAndLoseAsync(Cancel);
        await Poll.UntilAsync(() => Write(Bob) is AppendOutcome.Stored or AppendOutcome.Known, Cancel);
        Assert.NotEqual(identity, Store.Identity);
        await Poll.UntilAsync(() => Fails(other), Cancel);
        Assert.Equal((Store.Identity, 1), (other.Identity, told));
        Assert.Equal(Bob.Sender, Assert.Single(await other.ReadAsync("lobby", 0, 10, Cancel)).Message.Sender);

        AppendOutcome? Write(SenderKey key)
        {
            try
            {
                return WriteAsync(key, 1).AsTask().GetAwaiter().GetResult().Outcome;
            }
            catch (StoreFailedException)
            {
                return null;
            }
        }

        static bool Fails(RoomStore store)
        {
            try
            {
                store.HeadAsync("lobby", Cancel).AsTask().GetAwaiter().GetResult();
                return false;
            }
            catch (StoreFailedException error)
            {
                return error.Message.Contains("begin anew", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_Redis_that_is_not_there_is_named()
    {
        var nobody = "127.0.0.1:" + FreePort.Find();
        var error = await Assert.ThrowsAsync<IOException>(() => RedisStore.OpenAsync(nobody + ",connectRetry=1", Limits));
        Assert.Contains(nobody, error.Message, StringComparison.Ordinal);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await redis.DisposeAsync();
    }
}
