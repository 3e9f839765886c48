using System.Collections.Concurrent;
using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients.Chat.Web.Rooms;

/// <summary>Which servers are there. The director knows of those that it has tried, which are few while one serves well: each is asked now
/// and then, and the director is told.</summary>
internal sealed class ServerStates(HttpMessageInvoker client, string scheme)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<string, bool> answered = [];

    /// <summary>The options that it needs.</summary>
    public static DirectorOptions Asking(DirectorOptions options) => options with { KeepAliveInterval = TimeSpan.FromSeconds(2), KeepAliveTimeout = Patience };

    /// <summary>Asks them from now on, until the director is disposed of.</summary>
    public void Watch(Director director) => director.KeepAlive(async (server, cancel) =>
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://{server.Authority ?? server.Address}/healthz");
            using var reply = await client.SendAsync(request, cancel);
            reply.EnsureSuccessStatusCode();
            answered[server.Address] = true;
        }
        catch
        {
            answered[server.Address] = false;
            throw;
        }
    });

    /// <summary>Whether it takes requests, as far as is known.</summary>
    public bool IsReady(ReplicaStatus server) =>
        answered.TryGetValue(server.Endpoint.Address, out var well) ? well : server.State is ReplicaState.Up or ReplicaState.Warming;
}
