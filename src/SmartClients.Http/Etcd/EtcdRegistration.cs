using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>
/// Keeps one server among the members of a service in etcd, under a lease: the server's end, however sudden, ends its membership with
/// the lease. A lease that was lost (etcd was away, or began anew) is taken again. One <see cref="RunAsync"/> at a time.
/// </summary>
public sealed class EtcdRegistration
{
    const int NotFound = 5;

    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    static readonly TimeSpan MostPause = TimeSpan.FromSeconds(1);

    readonly EtcdName name;
    readonly EtcdOptions options;
    readonly TimeProvider time;
    readonly TimeSpan lease;
    Exception? trouble;
    volatile bool registered;

    /// <summary>A registration; nothing is asked of etcd before <see cref="RunAsync"/>.</summary>
    /// <param name="name">Where: <c>etcd:SERVICE@host:port,host:port</c>.</param>
    /// <param name="server">The address that clients reach the server by, and what else is said of it.</param>
    /// <param name="lease">How long the server stays a member without a sign of life: 2 seconds to 1 hour. etcd may lengthen it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">How etcd is reached; the defaults when left out.</param>
    /// <exception cref="FormatException">The name cannot be read.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public EtcdRegistration(string name, Endpoint server, TimeSpan lease, TimeProvider time, EtcdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(time);
        if (lease < TimeSpan.FromSeconds(2) || lease > TimeSpan.FromHours(1))
            throw new ArgumentException($"The lease is {lease}: it must be from 2 seconds to 1 hour.", nameof(lease));
        this.name = EtcdName.ParseWhole(name);
        this.options = options ?? new EtcdOptions();
        this.options.Validate();
        (Server, this.lease, this.time) = (server, lease, time);
    }

    /// <summary>Whether a name is one to register under; the name as it is kept.</summary>
    /// <exception cref="FormatException">It is none; the message says what to write.</exception>
    public static string CheckName(string name) => EtcdName.ParseWhole(name).ToString();

    /// <summary>The server.</summary>
    public Endpoint Server { get; }

    /// <summary>Whether the server is a member, as far as is known.</summary>
    public bool IsRegistered => registered;

    /// <summary>Why etcd could not be asked the last time; <see langword="null"/> when all is well.</summary>
    public Exception? Trouble => Volatile.Read(ref trouble);

    /// <summary>Told when <see cref="IsRegistered"/> changes, and when trouble begins or ends.</summary>
    public event Action<EtcdRegistration>? Changed;

    /// <summary>The place, as it is written in names.</summary>
    public override string ToString() => name.ToString();

    /// <summary>Registers the server, keeps it registered until cancelled, and then removes it: it returns once etcd has confirmed
    /// that, or after two seconds. What etcd refuses or cannot be asked is tried again for as long as it takes.</summary>
    /// <param name="stop">The server is leaving.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        // Two questions fit into a lease, however long each takes.
        var client = new EtcdClient(name, options, time, lease / 3);
        await using var closing = client.ConfigureAwait(false);
        var (held, isPlaced) = (0L, false);
        try
        {
            while (true)
            {
                var pause = lease / 3;
                try
                {
                    if (held != 0 && !await RenewAsync(client, held, stop).ConfigureAwait(false)) (held, isPlaced, registered) = (0, false, false);
                    if (held == 0) held = await GrantAsync(client, stop).ConfigureAwait(false);
                    // Somebody may have deleted the key alone.
                    if (!isPlaced || !await IsThereAsync(client, stop).ConfigureAwait(false)) await PutAsync(client, held, stop).ConfigureAwait(false);
                    isPlaced = true;
                    Tell(true, null);
                }
                catch (Exception error) when (!stop.IsCancellationRequested)
                {
                    Tell(registered, error);
                    pause = lease / 10 < MostPause ? lease / 10 : MostPause;
                }
                await Task.Delay(pause, time, stop).ConfigureAwait(false);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            await RemoveAsync(client, held).ConfigureAwait(false);
        }
    }

    static async Task<bool> RenewAsync(EtcdClient client, long held, CancellationToken cancel)
    {
        using var answer = await client.AskAsync("/v3/lease/keepalive", EtcdJson.Write(json => json.WriteLong("ID", held)), cancel).ConfigureAwait(false);
        // A lease that is gone has no time left.
        return answer.RootElement.TryGetProperty("result", out var result) && EtcdJson.Long(result, "TTL") > 0;
    }

    // Any node's word will do: to put what is there already does no harm.
    async Task<bool> IsThereAsync(EtcdClient client, CancellationToken cancel)
    {
        var question = EtcdJson.Write(json =>
        {
            json.WriteBytes("key", Key);
            json.WriteBoolean("count_only", true);
            json.WriteBoolean("serializable", true);
        });
        using var found = await client.AskAsync("/v3/kv/range", question, cancel).ConfigureAwait(false);
        return EtcdJson.Long(found.RootElement, "count") > 0;
    }

    async Task<long> GrantAsync(EtcdClient client, CancellationToken cancel)
    {
        var question = EtcdJson.Write(json => json.WriteLong("TTL", (long)Math.Ceiling(lease.TotalSeconds)));
        using var answer = await client.AskAsync("/v3/lease/grant", question, cancel).ConfigureAwait(false);
        return EtcdJson.Long(answer.RootElement, "ID") is not 0 and var granted ? granted : throw new EtcdException($"{name}: etcd grants no lease.");
    }

    async Task PutAsync(EtcdClient client, long held, CancellationToken cancel)
    {
        var question = EtcdJson.Write(json =>
        {
            json.WriteBytes("key", Key);
            json.WriteBase64String("value", EtcdMember.Write(Server));
            json.WriteLong("lease", held);
        });
        using var answer = await client.AskAsync("/v3/kv/put", question, cancel).ConfigureAwait(false);
    }

    async Task RemoveAsync(EtcdClient client, long held)
    {
        using var limit = new CancellationTokenSource(Farewell, time);
        try
        {
            if (held != 0)
            {
                using var answer = await client.AskAsync("/v3/lease/revoke", EtcdJson.Write(json => json.WriteLong("ID", held)), limit.Token).ConfigureAwait(false);
            }
            Tell(false, null);
        }
        catch (Exception error) when (error is EtcdException or OperationCanceledException)
        {
            // The lease ends by itself.
            Tell(false, error is EtcdException { Code: NotFound } ? null : error);
        }
    }

    string Key => new EtcdKeys(options.Prefix, name.Service).Of(Server);

    void Tell(bool now, Exception? why)
    {
        var isNews = now != registered || why is null != Trouble is null;
        registered = now;
        Volatile.Write(ref trouble, why);
        if (isNews) Changed?.Invoke(this);
    }
}
