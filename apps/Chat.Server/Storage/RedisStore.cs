using System.Globalization;
using System.Reflection;
using StackExchange.Redis;

namespace SmartClients.Chat.Server.Storage;

/// <summary>Rooms in a Redis that all servers of the group use: a stream each. The servers keep nothing, and any number of them serve
/// one room. What Redis acknowledged is as safe as it is set up to keep it: <c>appendonly yes</c> at least. One that comes back with less is noticed
/// with the next question: its identity goes with each.</summary>
internal sealed class RedisStore : RoomStore
{
    static readonly string Append = Script("append");
    static readonly string Head = Script("head");
    static readonly string Begin = Script("begin");

    const int MostWait = 2000;

    readonly ConnectionMultiplexer connection;
    readonly string name;
    readonly StoreLimits limits;
    readonly string prefix;
    readonly SemaphoreSlim beginning = new(1);
    volatile string identity = "";

    RedisStore(ConnectionMultiplexer connection, string name, StoreLimits limits, string prefix) =>
        (this.connection, this.name, this.limits, this.prefix) = (connection, name, limits, prefix);

    /// <summary>The store in a Redis.</summary>
    /// <param name="address">As StackExchange.Redis takes it: <c>host:port,password=…</c></param>
    /// <param name="limits">How much it takes.</param>
    /// <param name="prefix">What its keys begin with, where several groups share one Redis.</param>
    /// <exception cref="IOException">It cannot be reached; the message names it.</exception>
    public static async Task<RedisStore> OpenAsync(string address, StoreLimits limits, string prefix = ChatServerOptions.DefaultPrefix)
    {
        var name = "Redis at " + address.Split(',')[0];
        try
        {
            var configuration = ConfigurationOptions.Parse(address);
            // What waits for a connection waits by the limit on calls that block, though none does.
            (configuration.AbortOnConnectFail, configuration.ConnectTimeout, configuration.AsyncTimeout, configuration.SyncTimeout) = (true, MostWait, MostWait, MostWait);
            // One that was away is back at once: a whole group waits for it.
            (configuration.ReconnectRetryPolicy, configuration.HeartbeatInterval) = (new LinearRetry(200), TimeSpan.FromMilliseconds(200));
            var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
            var store = new RedisStore(connection, name, limits, prefix);
            store.identity = await store.IdentityAsync("", CancellationToken.None);
            await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(prefix + ":changed"), (_, room) => store.Tell(room!));
            return store;
        }
        catch (RedisException error)
        {
            throw new IOException($"{name} {Words(error)}", error);
        }
        catch (ArgumentException error)
        {
            throw new IOException($"{name} cannot be used: {error.Message}", error);
        }
    }

    public override string Identity => identity;

    public override bool IsShared => true;

    /// <summary>For what else the group shares.</summary>
    public IDatabase Database => connection.GetDatabase();

    public string Prefix => prefix;

    public override async ValueTask<IReadOnlyList<Appended>> AppendAsync(string room, IReadOnlyList<ChatMessage> messages, CancellationToken cancel)
    {
        while (true)
        {
            var to = identity;
            // Redis carries out in order what comes over one connection.
            var all = await Task.WhenAll(messages.Select(message => AppendOneAsync(room, message, to, cancel)));
            if (!all.Contains(null)) return [.. all.Select(one => one!.Value)];
            await BeginAnewAsync(to, cancel);
        }
    }

    // Null: it is not the store any more that it was.
    async Task<Appended?> AppendOneAsync(string room, ChatMessage message, string to, CancellationToken cancel)
    {
        RedisKey[] keys = [Log(room), Senders(room), Positions(room), prefix + ":rooms", IdentityKey];
        RedisValue[] values =
        [
            message.Sender, message.Sequence, message.Id, message.Name, message.Text, message.Written, room, prefix + ":changed", limits.Rooms, limits.SendersInRoom, to,
        ];
        var result = (RedisResult[])(await AskAsync(database => database.ScriptEvaluateAsync(Append, keys, values), cancel))!;
        if ((string)result[0]! == "lost") return null;
        var outcome = (string)result[0]! switch
        {
            "stored" => AppendOutcome.Stored,
            "known" => AppendOutcome.Known,
            "gap" => AppendOutcome.Gap,
            "full" => AppendOutcome.Full,
            _ => AppendOutcome.Conflict,
        };
        return new Appended(outcome, (long)result[1]);
    }

    public override async ValueTask<IReadOnlyList<Entry>> ReadAsync(string room, long after, int limit, CancellationToken cancel)
    {
        var entries = await LookAsync(database => database.StreamRangeAsync(Log(room), Id(after + 1), "+", limit), cancel);
        return [.. entries.Select(EntryOf)];
    }

    public override async ValueTask<IReadOnlyList<Entry>> LastAsync(string room, int count, CancellationToken cancel)
    {
        var entries = await LookAsync(database => database.StreamRangeAsync(Log(room), "-", "+", count, Order.Descending), cancel);
        return [.. entries.Reverse().Select(EntryOf)];
    }

    public override async ValueTask<(VersionVector Have, long Last)> HeadAsync(string room, CancellationToken cancel)
    {
        var result = (RedisResult[])(await LookAsync(database => database.ScriptEvaluateAsync(Head, [Log(room), Senders(room)]), cancel))!;
        var (have, senders) = (new VersionVector(), (RedisResult[])result[1]!);
        for (var i = 0; i + 1 < senders.Length; i += 2) have.Advance((string)senders[i]!, (long)senders[i + 1]);
        return (have, (long)result[0]);
    }

    public override async ValueTask<long> StartAsync(string room, VersionVector have, CancellationToken cancel)
    {
        var (head, last) = await HeadAsync(room, cancel);
        RedisValue[] missing = [.. head.Senders.Where(sender => have[sender.Key] < sender.Value).Select(sender => (RedisValue)Field(sender.Key, have[sender.Key] + 1))];
        if (missing.Length == 0) return last;
        var positions = await LookAsync(database => database.HashGetAsync(Positions(room), missing), cancel);
        return Math.Min(last, positions.Min(position => (long)position) - 1);
    }

    /// <summary>Nothing is handed on between servers of one store.</summary>
    public override ValueTask<IReadOnlyList<(string Room, long Last)>> ChangedAsync(long after, int limit, CancellationToken cancel) => new([]);

    public override async ValueTask BeginAnewAsync(string lost, CancellationToken cancel)
    {
        await beginning.WaitAsync(cancel);
        try
        {
            if (identity != lost) return;
            identity = await IdentityAsync(lost, cancel);
        }
        finally
        {
            beginning.Release();
        }
        TellBegunAnew();
    }

    Task<string> IdentityAsync(string lost, CancellationToken cancel) => AskAsync(async database =>
        (string)(await database.ScriptEvaluateAsync(Begin, [IdentityKey], [lost, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)]))!, cancel);

    // What is read counts where the store is the one that it was, as Redis says after it: over one connection it answers in order.
    async Task<T> LookAsync<T>(Func<IDatabase, Task<T>> look, CancellationToken cancel)
    {
        var from = identity;
        var (seen, now) = await AskAsync(async database =>
        {
            var (looking, asking) = (look(database), database.StringGetAsync(IdentityKey));
            return (await looking, (string?)await asking);
        }, cancel);
        if (now == from) return seen;
        await BeginAnewAsync(from, cancel);
        throw new StoreFailedException("Redis has lost what it had, or is another one: the rooms begin anew.");
    }

    /// <summary>Asks in any case: nobody may write or read for a while, and whoever watches wants to know.</summary>
    public override async ValueTask ProbeAsync(CancellationToken cancel) => await AskAsync(database => database.StringGetAsync(IdentityKey), cancel);

    async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            var answer = await ask(connection.GetDatabase()).WaitAsync(cancel);
            Works();
            return answer;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            var problem = $"{name} {Words(error)}";
            Fails(problem);
            throw new StoreFailedException(problem, error);
        }
    }

    // In our words: the library's speak of its settings.
    static string Words(Exception error) => error switch
    {
        RedisServerException refusal => "refuses: " + refusal.Message.Split('\n')[0],
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => "does not let this server in: is its password right?",
        RedisConnectionException => "cannot be reached: is it running there?",
        _ => string.Create(CultureInfo.InvariantCulture, $"does not answer within {MostWait / 1000} s."),
    };

    static Entry EntryOf(StreamEntry entry)
    {
        var fields = entry.Values.ToDictionary(value => (string)value.Name!, value => value.Value);
        var position = long.Parse(((string)entry.Id!).Split('-')[0], CultureInfo.InvariantCulture);
        return new Entry(position, new ChatMessage(fields["s"]!, (long)fields["n"], fields["i"]!, fields["a"]!, fields["t"]!, (long)fields["w"]));
    }

    RedisKey IdentityKey => prefix + ":identity";

    // One hash slot for one room.
    RedisKey Log(string room) => $"{prefix}:{{{room}}}:log";

    RedisKey Senders(string room) => $"{prefix}:{{{room}}}:senders";

    RedisKey Positions(string room) => $"{prefix}:{{{room}}}:positions";

    static string Field(string sender, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{sender}:{sequence}");

    static RedisValue Id(long position) => string.Create(CultureInfo.InvariantCulture, $"{position}-0");

    static string Script(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public override async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        beginning.Dispose();
    }
}
