using System.Runtime.CompilerServices;
using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>
/// Members kept in etcd: <c>etcd:SERVICE@host:port,host:port</c>. All keys under <c>smartclients/SERVICE/</c> are read once, and
/// watched from then on; the watch is compared with the cluster now and again. Safe for concurrent use.
/// </summary>
/// <remarks>When etcd cannot be asked, or holds no member, the watch throws once and the members known go on serving: that every lease
/// has ended is what it looks like when etcd itself was away. Members that etcd confirms are told anew at each comparison, so that
/// their age is the time since they were last known to be true.</remarks>
public sealed class EtcdNames : NameSource
{
    readonly EtcdName name;
    readonly EtcdOptions options;
    readonly AddressRules rules;
    volatile TaskCompletionSource nudged = New();
    bool known;
    bool toldEmpty;

    /// <summary>The members of a service.</summary>
    /// <param name="value">What follows <c>etcd:</c> in the name: <c>SERVICE@host:port,host:port</c>; the port is 2379 when left out.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <param name="rules">Which addresses are believed; <see cref="AddressRules.Default"/> when left out.</param>
    /// <exception cref="FormatException">The name cannot be read.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public EtcdNames(string value, EtcdOptions? options = null, AddressRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        name = EtcdName.Parse(value);
        this.rules = rules ?? AddressRules.Default;
        this.options = options ?? new EtcdOptions();
        this.options.Validate();
    }

    /// <inheritdoc/>
    public override string Description => name.ToString();

    /// <inheritdoc/>
    public override AddressRules? Addresses => rules;

    /// <summary>Compares with the cluster soon.</summary>
    public override void Nudge() => nudged.TrySetResult();

    /// <inheritdoc/>
    /// <exception cref="EtcdException">etcd cannot be asked, or holds no member.</exception>
    public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(time);
        var client = new EtcdClient(name, options, time);
        await using var closing = client.ConfigureAwait(false);
        var keys = new EtcdKeys(options.Prefix, name.Service);
        var members = new EtcdMembers(Description, rules, () => CountIgnored("etcd member"));
        while (true)
        {
            var (range, doubt) = await ReadAsync(client, keys, cancel).ConfigureAwait(false);
            members.Replace(range);
            if (SetOrTold(members, doubt) is { } all) yield return all;
            if (doubt is not null) throw doubt;
            var watch = new EtcdWatch(client, keys, members.Revision + 1);
            await using var ending = watch.ConfigureAwait(false);
            for (var checkedAt = time.GetTimestamp(); !watch.IsCompacted;)
            {
                // Every reply may say that the group has changed: a tenth of the usual pause between two questions is enough.
                var (isNudged, sooner) = (nudged.Task.IsCompleted, nudged.Task);
                var wait = (isNudged ? options.CheckInterval / 10 : options.CheckInterval) - time.GetElapsedTime(checkedAt);
                if (wait > TimeSpan.Zero)
                {
                    if (!await watch.WaitAsync(wait, isNudged ? Never : sooner, cancel).ConfigureAwait(false)) continue;
                    members.Apply(watch.Take());
                    if (!watch.IsCompacted && members.ToSet() is { } changed) yield return Known(changed);
                    continue;
                }
                if (isNudged) nudged = New();
                var later = await client.ReadChangedAsync(keys, members.After, cancel).ConfigureAwait(false);
                // Whatever the watch has missed, or has yet to tell.
                if (!members.Agrees(later)) break;
                if (SetOrTold(members, null) is { } confirmed) yield return confirmed;
                checkedAt = time.GetTimestamp();
            }
        }
    }

    // A node that has lost touch with the others can still say what it knew: enough to begin with, never enough to forget members by.
    async Task<(EtcdRange Range, EtcdException? Doubt)> ReadAsync(EtcdClient client, EtcdKeys keys, CancellationToken cancel)
    {
        try
        {
            return (await client.ReadAsync(keys, anyNode: false, cancel).ConfigureAwait(false), null);
        }
        catch (EtcdException doubt) when (!known && doubt.IsUnanswered)
        {
            try
            {
                return (await client.ReadAsync(keys, anyNode: true, cancel).ConfigureAwait(false), doubt);
            }
            catch (EtcdException)
            {
                throw doubt;
            }
        }
    }

    MemberSet? SetOrTold(EtcdMembers members, EtcdException? doubt)
    {
        if (members.ToSet() is { } set) return Known(doubt is null ? set : set with { Source = set.Source + ", from a node without its majority" });
        if (toldEmpty || doubt is not null) return null;
        toldEmpty = true;
        var unreadable = members.Unreadable;
        throw new EtcdException(unreadable > 0
            ? $"{name}: none of the {unreadable} keys under {options.Prefix}{name.Service}/ can be read as a member that is allowed"
            : $"{name}: no server is registered under {options.Prefix}{name.Service}/");
    }

    MemberSet Known(MemberSet set)
    {
        (known, toldEmpty) = (true, false);
        return set;
    }

    static Task Never { get; } = new TaskCompletionSource().Task;

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
