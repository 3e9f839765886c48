using System.Collections.Immutable;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Picking;
using SmartClients.Sending;

namespace SmartClients;

/// <content>What reaches a director from outside its requests: reports, probes, keep-alives, changes of the group. And what it believes.</content>
public sealed partial class Director
{
    const int KeepAlivesToLose = 2;

    /// <summary>A load report that came some other way than with a reply to a request.</summary>
    /// <returns><see langword="false"/> when no member has this address.</returns>
    public bool Report(string address, LoadReport report, ReportSource source)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (group.Current.Find(address) is not { } replica) return false;
        lessons.Reported(replica, report, source, clock.Now);
        return true;
    }

    /// <summary>A replica said, other than with a reply to a request, that it is leaving: it gets no new request while others are there.
    /// It is believed for <see cref="DirectorOptions.LeavingTime"/>.</summary>
    /// <returns><see langword="false"/> when no member has this address.</returns>
    public bool Leaving(string address)
    {
        if (group.Current.Find(address) is not { } replica) return false;
        availability.Leaves(replica, clock.Now);
        return true;
    }

    /// <summary>Whether a member has this address.</summary>
    public bool HasMember(string address) => group.Current.Find(address) is not null;

    /// <summary>Visits each replica, one visit at a time, until it leaves the group or the director is disposed: for protocols that
    /// listen to replicas, or ask them more or less often as they answer.</summary>
    /// <param name="limit">How long one visit may take. Above zero, or infinite.</param>
    /// <param name="begin">Makes what visits one replica, and may remember something of it from visit to visit.</param>
    public void Attend(TimeSpan limit, Func<Visit> begin)
    {
        ArgumentNullException.ThrowIfNull(begin);
        if (limit != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        rounds.Attend(limit, begin);
    }

    /// <summary>Asks each replica for its load, again and again, until the director is disposed.</summary>
    /// <param name="interval">Between two questions to the same replica. Above zero.</param>
    /// <param name="ask">The protocol's way to ask; <see langword="null"/> when the replica has nothing to say.</param>
    public void PollLoad(TimeSpan interval, Func<Endpoint, CancellationToken, ValueTask<LoadReport?>> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        rounds.Begin(interval, interval, async (replica, cancel) =>
        {
            if (await ask(replica.Endpoint, cancel).ConfigureAwait(false) is { HasFigures: true } report)
                lessons.Reported(replica, report, ReportSource.Polled, clock.Now);
        });
    }

    /// <summary>Lets the policy ask replicas for their load when a request is about to be picked for, within a budget. A policy that wants
    /// no probes has none sent; a second call takes the first one's place.</summary>
    /// <param name="ask">The protocol's way to ask; <see langword="null"/> when the replica has nothing to say. It is given up after
    /// <see cref="ProbeOptions.Timeout"/>.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void ProbeLoad(Func<Endpoint, CancellationToken, ValueTask<LoadReport?>> ask, ProbeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ask);
        options ??= new ProbeOptions();
        options.Validate();
        var next = new Probing(told, options, clock, this.options.Random, ask, (replica, report) => lessons.Reported(replica, report, ReportSource.Probed, clock.Now));
        Interlocked.Exchange(ref probing, next)?.Dispose();
    }

    /// <summary>Sends the probes that the policy wants before a pick, and waits for as many answers as it wants to wait for.</summary>
    ValueTask<long> ProbeAsync(Probing by, string? key, long now, CancellationToken cancel)
    {
        ProbeTargets whom = default;
        var wish = chooser.Probe(whom, key, lessons.Typical, now);
        if (wish.Count == 0) return new(now);
        var answered = by.Ask(whom[..wish.Count], wish.Await, now);
        return answered is null ? new(now) : ThenAsync(answered, clock, cancel);

        static async ValueTask<long> ThenAsync(Task answered, Clock clock, CancellationToken cancel)
        {
            await answered.WaitAsync(cancel).ConfigureAwait(false);
            return clock.Now;
        }
    }

    /// <summary>Asks each replica whether it lives, every <see cref="DirectorOptions.KeepAliveInterval"/>. Two lost in a row take it out,
    /// and what is in flight on it is re-applied elsewhere at once.</summary>
    /// <param name="probe">The protocol's way to ask; throws when the replica does not answer well.</param>
    public void KeepAlive(Func<Endpoint, CancellationToken, ValueTask> probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        rounds.Begin(options.KeepAliveInterval, options.KeepAliveTimeout, async (replica, cancel) =>
        {
            var limit = options.KeepAliveTimeout;
            try
            {
                await probe(replica.Endpoint, cancel).AsTask().WaitAsync(limit, clock.Time, cancel).ConfigureAwait(false);
                Volatile.Write(ref replica.KeepAlivesLost, 0);
            }
            catch (Exception)
            {
                if (Interlocked.Increment(ref replica.KeepAlivesLost) >= KeepAlivesToLose
                    && availability.FoundDead(replica, "keep-alives were lost", clock.Now)) outstanding.WakeAll();
            }
        });
    }

    /// <summary>A reply said that the group has changed: the source is asked again.</summary>
    public void GroupChanged() => group.Nudge();

    /// <summary>A reply named the group's members. Ignored unless <see cref="DirectorOptions.MembersFromReplies"/> allows it, and always
    /// where a certificate says whom to believe.</summary>
    public void GroupChanged(MemberSet members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (options.MembersFromReplies && !source.IsCertified) group.Publish(members);
        else group.Nudge();
    }

    /// <summary>Begins with the members of another director of the same service, with a copy of what it learnt of them and of the group's
    /// latencies, and with what it has spent of its budgets; where the two go by different clocks, with the members only. The source is asked as ever, and until it answers these members serve. Call
    /// it before the first request; a director that has members already takes nothing over.</summary>
    /// <exception cref="ObjectDisposedException">This director is disposed; the other one may be.</exception>
    public void Inherit(Director other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var withLearning = other.Time == Time;
        if (!group.Inherit(other.group.Current, withLearning) || !withLearning) return;
        // A service that fails must not get fresh retries with each reload.
        repeats.Inherit(other.repeats);
        latencies.Inherit(other.latencies);
    }

    /// <summary>Whether the group's members are known, so that a request is sent without waiting for them.</summary>
    public bool IsReady => !group.Current.Replicas.IsEmpty;

    /// <summary>Completes once the group's members are known.</summary>
    /// <exception cref="ServiceUnavailableException">They cannot be learnt.</exception>
    public ValueTask ReadyAsync(CancellationToken cancel = default) => group.ReadyAsync(cancel);

    async ValueTask<long> ReadyAsync<TRequest, TResult>(TRequest request, TimeSpan limit, CancellationToken cancel) where TRequest : IRequest<TResult>
    {
        try
        {
            await group.ReadyAsync(limit, cancel).ConfigureAwait(false);
            return clock.Now;
        }
        catch (ServiceUnavailableException error)
        {
            throw request.Unavailable(error);
        }
    }

    async ValueTask<long> HeardByAsync(long deadline, CancellationToken cancel)
    {
        await group.HeardAsync(deadline, cancel).ConfigureAwait(false);
        return clock.Now;
    }

    /// <summary>Waits until the source of the members has been heard, has failed, or a time is over. Until then the members may be those that
    /// an earlier process knew.</summary>
    /// <param name="atMost">How long to wait; not longer than <see cref="DirectorOptions.FirstMembers"/>.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask HeardAsync(TimeSpan atMost, CancellationToken cancel = default) => group.HeardAsync(clock.Now + Clock.Nanoseconds(atMost), cancel);

    /// <summary>The members as they stand, and what is believed of each.</summary>
    public ImmutableArray<ReplicaStatus> Members
    {
        get
        {
            var (now, typical, decay) = (clock.Now, lessons.Typical, Clock.Nanoseconds(options.LatencyDecay));
            return [.. group.Current.Replicas.Select(replica => ReplicaStatus.Of(replica, now, typical, decay))];
        }
    }

    /// <summary>Where the members were learnt, and how long ago.</summary>
    public (string Source, TimeSpan Age) Membership
    {
        get
        {
            var members = group.Current;
            return (members.Source, members.Replicas.IsEmpty ? TimeSpan.Zero : Clock.Span(clock.Now - members.LearnedAt));
        }
    }

    /// <summary>Ends keep-alives, polling and the watch of the group. Requests under way go on to their end or their deadline; a new one
    /// throws <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        probing?.Dispose();
        await rounds.DisposeAsync().ConfigureAwait(false);
        await group.DisposeAsync().ConfigureAwait(false);
        if (diary is not null) await diary.DisposeAsync().ConfigureAwait(false);
        outstanding.Dispose();
    }
}
