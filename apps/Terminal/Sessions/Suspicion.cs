using SmartClients.Naming;

namespace SmartClients.Terminals.Sessions;

/// <summary>
/// The user types and nothing comes back: the machine is asked beside the connection, which finds a frozen one sooner than the
/// connection's own keep-alives. A healthy machine whose program is merely quiet is asked a few times and then left alone.
/// </summary>
internal sealed class Suspicion(Protocol protocol, Desk desk, TimeProvider time)
{
    const int Enough = 3;
    const int Dead = 2;

    static readonly TimeSpan Often = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Answer = TimeSpan.FromSeconds(1);

    public async Task WatchAsync(Endpoint endpoint, Connection connection, CancellationToken cancel)
    {
        var (answered, silent, seen) = (0, 0, 0L);
        while (true)
        {
            await Task.Delay(Often, time, cancel);
            var (typed, shown) = (desk.Keyboard.TypedAt, desk.Screen.ShownAt);
            if (shown != seen) (answered, silent, seen) = (0, 0, shown);
            if (!connection.Begun.IsCompleted || answered >= Enough || typed <= shown || time.GetElapsedTime(typed) < Silence) continue;
            switch (await protocol.LivesAsync(endpoint, Answer, cancel))
            {
                case false when ++silent >= Dead:
                    connection.Abandon("it does not answer");
                    return;
                case true:
                    (answered, silent) = (answered + 1, 0);
                    break;
                case null:
                    return;
            }
        }
    }
}
