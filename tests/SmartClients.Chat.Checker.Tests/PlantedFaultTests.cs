using SmartClients.Chat.Checker.Recording;
using Xunit;

namespace SmartClients.Chat.Checker.Tests;

/// <summary>The checker sees each kind of broken promise when there is one, and none when there is none.</summary>
public sealed class PlantedFaultTests
{
    [Fact]
    public async Task Nothing_is_found_where_nothing_is_wrong()
    {
        await using var world = await SmallWorld.StartAsync();
        Assert.Empty(await world.JudgeAsync(got: (reader, log) => All(reader, log)));
        Assert.Equal((10, 10), (world.Record.Count, world.Record.Acknowledged));
    }

    [Fact]
    public async Task A_message_that_a_reader_never_got_is_lost()
    {
        await using var world = await SmallWorld.StartAsync();
        var found = Assert.Single(await world.JudgeAsync(got: (reader, log) => All(reader, log.Where(message => message.Text != "line 4"))));
        Assert.Equal(ViolationKind.Lost, found.Kind);
        Assert.Contains("lying never got 'line 4'", found.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_a_server_keeps_to_itself_is_lost()
    {
        await using var world = await SmallWorld.StartAsync(store => new LyingStore(store) { Withholds = message => message.Text == "line 4" });
        // The readers notice the gap, and wait for what never comes.
        var found = await world.JudgeAsync(enough: () => world.Record.Acknowledged == 10);
        Assert.Contains(found, one => one.Kind is ViolationKind.Lost or ViolationKind.NotStored && one.What.Contains("line 4", StringComparison.Ordinal));
        Assert.DoesNotContain(found, one => one.Kind is ViolationKind.Reordered or ViolationKind.Doubled);
    }

    [Fact]
    public async Task A_message_that_a_reader_got_twice_is_doubled()
    {
        await using var world = await SmallWorld.StartAsync();
        var found = await world.JudgeAsync(got: (reader, log) => All(reader, [.. log, log[^1]]));
        Assert.Contains(found, one => one.Kind == ViolationKind.Doubled && one.What.Contains("line 10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_that_a_reader_got_in_another_order_are_reordered()
    {
        await using var world = await SmallWorld.StartAsync();
        var found = await world.JudgeAsync(got: (reader, log) => All(reader, [.. log.Take(3), log[4], log[3], .. log.Skip(5)]));
        Assert.All(found, one => Assert.Equal(ViolationKind.Reordered, one.Kind));
        Assert.Contains(found, one => one.What.Contains("got message 4 of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_was_acknowledged_and_is_nowhere_was_not_stored()
    {
        await using var world = await SmallWorld.StartAsync(store => new LyingStore(store) { Forgets = message => message.Text == "line 10" });
        var found = await world.JudgeAsync(enough: () => world.Record.Acknowledged == 10 && world.Record.Delivered >= 9);
        Assert.Contains(found, one => one.Kind == ViolationKind.NotStored && one.What.Contains("line 10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_is_shown_as_sent_without_an_acknowledgement_is_shown_too_soon()
    {
        await using var world = await SmallWorld.StartAsync();
        var found = await world.JudgeAsync(way: recording => new LyingHandler(recording), enough: () => world.Record.Acknowledged > 0);
        Assert.Contains(found, one => one.Kind == ViolationKind.ShownTooSoon);
    }

    [Fact]
    public async Task A_message_that_nobody_wrote_is_invented()
    {
        await using var world = await SmallWorld.StartAsync();
        var found = await world.JudgeAsync(got: (reader, log) => All(reader, [.. log, log[0] with { Sender = SenderKey.Create().Sender, Id = "other" }]));
        Assert.Equal(ViolationKind.Invented, Assert.Single(found).Kind);
    }

    static void All(ReaderRecord reader, IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages) reader.Got(message);
    }
}
