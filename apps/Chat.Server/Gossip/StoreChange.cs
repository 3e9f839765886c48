using SmartClients.Chat.Server.Storage;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>Tells whoever waits that the store has something new.</summary>
internal sealed class StoreChange : IDisposable
{
    readonly RoomStore store;
    TaskCompletionSource next = New();

    public StoreChange(RoomStore store)
    {
        this.store = store;
        store.Changed += Changed;
    }

    /// <summary>Completes at the next change. Taken before one looks.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    void Changed(string room) => Interlocked.Exchange(ref next, New()).TrySetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => store.Changed -= Changed;
}
