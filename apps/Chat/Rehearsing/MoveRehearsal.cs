using SmartClients.Http.Rehearsing;
using SmartClients.Naming;

namespace SmartClients.Chat.Rehearsing;

/// <summary>
/// Has a room move to another server once before one has died, with servers that do not exist: the just-in-time compiler would do its work on what
/// that takes while somebody waits for it.
/// </summary>
internal static class MoveRehearsal
{
    const string Name = "rehearsal";
    const int Servers = 3;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Once in a process, a second after its first room.</summary>
    public static Rehearsed Once { get; } = new(RunAsync);

    /// <summary>What cannot be played here stays cold: nobody's room is to hear of it.</summary>
    public static async Task RunAsync()
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await PlayAsync(late.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // See above.
        }
    }

    /// <summary>A room with a server that takes a line and dies, where the next line and the room go on at another one.</summary>
    /// <returns>Who served the room first, and who did then.</returns>
    internal static async Task<(Endpoint First, Endpoint Next)> PlayAsync(CancellationToken cancel)
    {
        var stage = new Stage();
        using var network = stage.NewHandler();
        var director = new Director(Name, new StaticNames([.. Enumerable.Range(1, Servers).Select(i => new Endpoint("rehearsal.invalid", i))]), ChatService.Options with { Telemetry = false });
        await using (director.ConfigureAwait(false))
        {
            var room = ChatRoom.Join(director, Name, new ChatRoomOptions { Name = Name, Handler = network, SocketHandler = network });
            await using (room.ConfigureAwait(false))
            {
                var first = await ServedAsync(room, cancel).ConfigureAwait(false);
                await room.Send("before").Settled.WaitAsync(cancel).ConfigureAwait(false);
                await stage.KillAsync(first.Port).ConfigureAwait(false);
                var after = room.Send("after");
                var next = await ServedAsync(room, cancel).ConfigureAwait(false);
                await after.Settled.WaitAsync(cancel).ConfigureAwait(false);
                return (first, next);
            }
        }
    }

    static async Task<Endpoint> ServedAsync(ChatRoom room, CancellationToken cancel)
    {
        await foreach (var happened in room.EventsAsync(cancel).ConfigureAwait(false))
            if (happened is ServedBy { Server: var server }) return server;
        throw new InvalidOperationException("The room has ended.");
    }
}
