using System.Text.Json;
using Microsoft.Extensions.Hosting;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Storage;
using StackExchange.Redis;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>Where the servers share a store: tells there who is in which room here, and reads who is where else.</summary>
internal sealed class SharedPeople(RedisStore store, RoomTable rooms, LocalPeople local, PeerBoard board, TimeProvider time) : BackgroundService
{
    const int MostServers = 200;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    // Whoever is not heard of for so long has gone, and its people with it.
    static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    readonly string self = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ExchangeAsync();
            }
            catch (Exception error) when (error is RedisException or TimeoutException or JsonException)
            {
                // Whoever writes or reads messages is told; people are known again when Redis is.
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await GoAsync();
    }

    async Task ExchangeAsync()
    {
        var (database, servers) = (store.Database, store.Prefix + ":servers");
        var mine = JsonSerializer.SerializeToUtf8Bytes(local.Now().People, GossipJson.Plain.IReadOnlyDictionaryStringPeople);
        await database.StringSetAsync(Key(self), mine, Life);
        await database.SetAddAsync(servers, self);
        Dictionary<string, People> all = [];
        foreach (var server in (await database.SetMembersAsync(servers)).Take(MostServers))
        {
            if (server == self) continue;
            if (await database.StringGetAsync(Key(server!)) is not { HasValue: true } told) await database.SetRemoveAsync(servers, server);
            else Add(all, JsonSerializer.Deserialize((byte[])told!, GossipJson.Default.IReadOnlyDictionaryStringPeople));
        }
        foreach (var room in board[0].Told(all)) rooms.Find(room)?.PeopleChanged();
    }

    static void Add(Dictionary<string, People> all, IReadOnlyDictionary<string, People>? told)
    {
        foreach (var (room, people) in told ?? new Dictionary<string, People>())
            all[room] = all.TryGetValue(room, out var known) ? new People(known.Count + people.Count, [.. known.Names, .. people.Names]) : people;
    }

    async Task GoAsync()
    {
        try
        {
            await store.Database.KeyDeleteAsync(Key(self));
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            // It is forgotten after its time.
        }
    }

    string Key(string server) => $"{store.Prefix}:people:{server}";
}
