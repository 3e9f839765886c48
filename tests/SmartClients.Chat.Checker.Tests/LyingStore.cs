using SmartClients.Chat.Server.Storage;

namespace SmartClients.Chat.Checker.Tests;

/// <summary>A store that can be made to break its promises.</summary>
internal sealed class LyingStore : RoomStore
{
    readonly RoomStore inner;

    public LyingStore(RoomStore inner)
    {
        this.inner = inner;
        inner.Changed += Tell;
    }

    /// <summary>Says that it has stored this, and has not.</summary>
    public Func<ChatMessage, bool> Forgets { get; init; } = _ => false;

    /// <summary>Keeps this to itself.</summary>
    public Func<ChatMessage, bool> Withholds { get; init; } = _ => false;

    public override string Identity => inner.Identity;

    public override bool IsShared => inner.IsShared;

    public override async ValueTask<IReadOnlyList<Appended>> AppendAsync(string room, IReadOnlyList<ChatMessage> messages, CancellationToken cancel)
    {
        List<Appended> all = [];
        foreach (var message in messages)
            all.Add(Forgets(message) ? new Appended(AppendOutcome.Stored, message.Sequence + 1) : await inner.AppendAsync(room, message, cancel));
        return all;
    }

    public override async ValueTask<IReadOnlyList<Entry>> ReadAsync(string room, long after, int limit, CancellationToken cancel) =>
        [.. (await inner.ReadAsync(room, after, limit, cancel)).Where(entry => !Withholds(entry.Message))];

    public override ValueTask<IReadOnlyList<Entry>> LastAsync(string room, int count, CancellationToken cancel) => inner.LastAsync(room, count, cancel);

    public override ValueTask<(VersionVector Have, long Last)> HeadAsync(string room, CancellationToken cancel) => inner.HeadAsync(room, cancel);

    public override ValueTask<long> StartAsync(string room, VersionVector have, CancellationToken cancel) => inner.StartAsync(room, have, cancel);

    public override ValueTask<IReadOnlyList<(string Room, long Last)>> ChangedAsync(long after, int limit, CancellationToken cancel) => inner.ChangedAsync(after, limit, cancel);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
