using SmartClients.Chat.Server.Storage;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Storage;

/// <summary>What every store promises.</summary>
public abstract class RoomStoreContract : IAsyncLifetime
{
    internal static readonly StoreLimits Limits = new(Rooms: 4, SendersInRoom: 3);

    internal static readonly SenderKey Ada = SenderKey.Create();
    internal static readonly SenderKey Bob = SenderKey.Create();

    internal RoomStore Store { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal abstract Task<RoomStore> OpenAsync();

    public virtual async ValueTask InitializeAsync() => Store = await OpenAsync();

    [Fact]
    public async Task What_was_written_is_read_in_order()
    {
        for (var i = 1; i <= 5; i++) Assert.Equal(new Appended(AppendOutcome.Stored, i + 1), await WriteAsync(Ada, i));
        Assert.Equal(new Appended(AppendOutcome.Stored, 2), await WriteAsync(Bob, 1));
        var entries = await Store.ReadAsync("lobby", 0, 100, Cancel);
        Assert.Equal([.. Enumerable.Range(1, 5).Select(i => Message(Ada, i)), Message(Bob, 1)], entries.Select(entry => entry.Message));
        Assert.Equal(entries.Select(entry => entry.Position).Order().Distinct(), entries.Select(entry => entry.Position));
        Assert.Equal(entries.Skip(2).Take(2), await Store.ReadAsync("lobby", entries[1].Position, 2, Cancel));
        Assert.Equal(entries.TakeLast(3), await Store.LastAsync("lobby", 3, Cancel));
        Assert.Empty(await Store.ReadAsync("lobby", entries[^1].Position, 10, Cancel));
    }

    [Fact]
    public async Task Writing_twice_writes_once()
    {
        await WriteAsync(Ada, 1);
        Assert.Equal(new Appended(AppendOutcome.Known, 2), await WriteAsync(Ada, 1));
        Assert.Equal(new Appended(AppendOutcome.Known, 2), await Store.AppendAsync("lobby", Message(Ada, 1) with { Written = 99 }, Cancel));
        Assert.Single(await Store.ReadAsync("lobby", 0, 100, Cancel));
    }

    [Fact]
    public async Task Another_message_with_the_same_number_is_a_conflict()
    {
        await WriteAsync(Ada, 1);
        Assert.Equal(new Appended(AppendOutcome.Conflict, 2), await Store.AppendAsync("lobby", Message(Ada, 1) with { Id = "other" }, Cancel));
        Assert.Equal(new Appended(AppendOutcome.Conflict, 2), await Store.AppendAsync("lobby", Message(Ada, 1) with { Text = "other" }, Cancel));
        Assert.Equal("line 1", Assert.Single(await Store.ReadAsync("lobby", 0, 100, Cancel)).Message.Text);
    }

    [Fact]
    public async Task A_gap_is_refused_with_what_is_expected()
    {
        Assert.Equal(new Appended(AppendOutcome.Gap, 1), await WriteAsync(Ada, 2));
        await WriteAsync(Ada, 1);
        Assert.Equal(new Appended(AppendOutcome.Gap, 2), await WriteAsync(Ada, 5));
        Assert.Single(await Store.ReadAsync("lobby", 0, 100, Cancel));
    }

    [Fact]
    public async Task Several_are_written_in_their_order_as_far_as_they_may_be()
    {
        await WriteAsync(Ada, 1);
        var all = await Store.AppendAsync("lobby", [Message(Ada, 1), Message(Ada, 2), Message(Ada, 4), Message(Ada, 3)], Cancel);
        Assert.Equal([new(AppendOutcome.Known, 2), new(AppendOutcome.Stored, 3), new(AppendOutcome.Gap, 3), new Appended(AppendOutcome.Stored, 4)], all);
        Assert.Equal(["line 1", "line 2", "line 3"], (await Store.ReadAsync("lobby", 0, 100, Cancel)).Select(entry => entry.Message.Text));
    }

    [Fact]
    public async Task Rooms_are_apart()
    {
        await WriteAsync(Ada, 1);
        Assert.Equal(AppendOutcome.Stored, (await WriteAsync(Ada, 1, "attic")).Outcome);
        Assert.Single(await Store.ReadAsync("attic", 0, 100, Cancel));
        Assert.Empty(await Store.ReadAsync("cellar", 0, 100, Cancel));
        var (have, last) = await Store.HeadAsync("cellar", Cancel);
        Assert.Equal((0, 0), (have.Count, last));
    }

    [Fact]
    public async Task The_head_is_as_far_as_the_log()
    {
        for (var i = 1; i <= 3; i++) await WriteAsync(Ada, i);
        await WriteAsync(Bob, 1);
        var (have, last) = await Store.HeadAsync("lobby", Cancel);
        Assert.Equal((3, 1, 2), (have[Ada.Sender], have[Bob.Sender], have.Count));
        Assert.Equal(last, (await Store.LastAsync("lobby", 1, Cancel))[0].Position);
    }

    [Fact]
    public async Task A_vector_leads_to_the_first_message_that_it_does_not_know()
    {
        for (var i = 1; i <= 3; i++) await WriteAsync(Ada, i);
        await WriteAsync(Bob, 1);
        await WriteAsync(Ada, 4);
        var all = await Store.ReadAsync("lobby", 0, 100, Cancel);
        Assert.True(await Store.StartAsync("lobby", new VersionVector(), Cancel) < all[0].Position);
        var have = new VersionVector();
        have.Advance(Ada.Sender, 3);
        Assert.Equal(all.Skip(3), await Store.ReadAsync("lobby", await Store.StartAsync("lobby", have, Cancel), 100, Cancel));
        have.Advance(Bob.Sender, 7);
        Assert.Equal(all.Skip(4), await Store.ReadAsync("lobby", await Store.StartAsync("lobby", have, Cancel), 100, Cancel));
        have.Advance(Ada.Sender, 4);
        Assert.Empty(await Store.ReadAsync("lobby", await Store.StartAsync("lobby", have, Cancel), 100, Cancel));
    }

    [Fact]
    public async Task Many_who_write_at_once_lose_nothing_and_keep_each_order()
    {
        List<string> told = [];
        Store.Changed += room =>
        {
            lock (told) told.Add(room);
        };
        await Task.WhenAll(new[] { Ada, Bob }.Select(async key =>
        {
            for (var i = 1; i <= 100; i++) Assert.Equal(AppendOutcome.Stored, (await WriteAsync(key, i)).Outcome);
        }));
        var entries = await Store.ReadAsync("lobby", 0, 1000, Cancel);
        foreach (var key in new[] { Ada, Bob })
            Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), entries.Where(entry => entry.Message.Sender == key.Sender).Select(entry => entry.Message.Sequence));
        await Testing.Poll.UntilAsync(() => told.Count > 0, Cancel);
        Assert.All(told, room => Assert.Equal("lobby", room));
    }

    [Fact]
    public async Task It_takes_so_much_and_no_more()
    {
        for (var i = 0; i < Limits.SendersInRoom; i++) Assert.Equal(AppendOutcome.Stored, (await WriteAsync(SenderKey.Create(), 1)).Outcome);
        Assert.Equal(AppendOutcome.Full, (await WriteAsync(SenderKey.Create(), 1)).Outcome);
        for (var i = 1; i < Limits.Rooms; i++) Assert.Equal(AppendOutcome.Stored, (await WriteAsync(Ada, 1, "room" + i)).Outcome);
        Assert.Equal(AppendOutcome.Full, (await WriteAsync(Ada, 1, "one-more")).Outcome);
    }

    internal ValueTask<Appended> WriteAsync(SenderKey key, long sequence, string room = "lobby") => Store.AppendAsync(room, Message(key, sequence), Cancel);

    internal static ChatMessage Message(SenderKey key, long sequence) => new(key.Sender, sequence, "id" + sequence, "name", "line " + sequence, 1000 + sequence);

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
