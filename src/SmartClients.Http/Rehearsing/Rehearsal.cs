using SmartClients.Naming;

namespace SmartClients.Http.Rehearsing;

/// <summary>
/// Has the code that hides failures run once before it is needed, on replicas that do not exist. The just-in-time compiler would do its work
/// on it, some ten milliseconds, when the first replica fails: while a caller waits.
/// </summary>
/// <remarks>Once in a process, a second after its first handler; nothing of it is told to the meter.</remarks>
internal static class Rehearsal
{
    /// <summary>When.</summary>
    public static Rehearsed Once { get; } = new(RunAsync);

    /// <summary>Some good replies, and one of each kind of failure.</summary>
    public static async Task RunAsync()
    {
        foreach (var scene in Enum.GetValues<Scene>())
        {
            try
            {
                await PlayAsync(scene).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // What cannot be played here, where sockets are forbidden say, stays cold: nobody's request is to hear of it.
            }
        }
    }

    /// <summary>The director of one scene. It hedges only where silence is what has to be hidden: while code is cold, a hedge would be sooner
    /// than any failure, and the way of the failure would stay cold. Only who refuses is put out at once: with the others it is
    /// asked whether they fail more than the rest.</summary>
    internal static Director DirectorOf(Scene scene) => new(
        "rehearsal", new StaticNames([.. Enumerable.Range(1, 3).Select(i => new Endpoint("rehearsal.invalid", i))]), new DirectorOptions
        {
            Telemetry = false,
            Hedge = scene == Scene.Silent,
            HedgeAtFirst = TimeSpan.FromMilliseconds(1),
            FailuresToEject = scene == Scene.Refused ? 1 : 5,
        });

    static async Task PlayAsync(Scene scene)
    {
        var network = new StagedNetwork();
        var director = DirectorOf(scene);
        await using (director.ConfigureAwait(false))
        {
            using var client = new HttpMessageInvoker(new SmartHandler(director, inner: network.NewHandler()));
            await SendAsync(client).ConfigureAwait(false);
            network.Next = scene;
            await SendAsync(client).ConfigureAwait(false);
            await SendAsync(client).ConfigureAwait(false);
        }
    }

    static async Task SendAsync(HttpMessageInvoker client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://rehearsal/");
        using var reply = await client.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        await reply.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    }
}
