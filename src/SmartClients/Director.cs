using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using SmartClients.Candidates;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Sending;

namespace SmartClients;

/// <summary>
/// Picks the best replica for each request, re-applies it elsewhere when one fails, and learns from every outcome. One object for
/// each service, kept for as long as the program uses it; safe for concurrent use; knows no protocol.
/// </summary>
/// <remarks>The way of one request, steps 1 to 7, is <see cref="SendAsync{TRequest, TResult}"/>; each step is a folder.</remarks>
public sealed partial class Director : IDirector, IAsyncDisposable
{
    readonly DirectorOptions options;
    readonly NameSource source;
    readonly string? told;
    readonly Clock clock;
    readonly Diary? diary;
    readonly Group group;
    readonly Availability availability;
    readonly Chooser chooser;
    readonly Repeats repeats;
    readonly Lessons lessons;
    readonly LatencyHistogram latencies;
    readonly Outstanding outstanding;
    readonly Rounds rounds;
    Probing? probing;
    readonly Action<Attempt, Outcome> failedLate;
    readonly Action<Ended> learnLater;

    /// <summary>A director for the group that a source tells.</summary>
    /// <param name="name">The service's name, for messages and metrics.</param>
    /// <param name="source">Where the members are learnt.</param>
    /// <param name="options">Every knob; the defaults when left out.</param>
    /// <param name="policy">A policy of your own; the one that the options name when left out.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Director(string name, NameSource source, DirectorOptions? options = null, Policy? policy = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(source);
        this.source = source;
        this.options = (options ?? new DirectorOptions()).Within(source.Advice);
        this.options.Validate();
        Name = name;
        told = this.options.Telemetry ? name : null;
        clock = new Clock(this.options.Time);
        if (this.options.State is { } state) diary = new Diary(state, this.options.StateName ?? name, this.options, clock);
        policy ??= Policies.Find(this.options.Policy);
        if (this.options.Affinity && policy is not SiteAffinity) policy = new SiteAffinity(policy, this.options.SatisfactoryLatency);
        latencies = new LatencyHistogram(this.options.HedgePercentile);
        availability = new Availability(told, this.options, clock);
        group = new Group(name, source, clock, this.options.FirstMembers, this.options.SourceRetry, Changed, Recall);
        chooser = new Chooser(this.options, policy, availability);
        repeats = new Repeats(told, this.options, latencies);
        lessons = new Lessons(told, this.options, latencies, availability, policy);
        outstanding = new Outstanding(clock);
        rounds = new Rounds(group, clock, this.options.Random);
        failedLate = FailedLate;
        learnLater = LearnLater;
    }

    /// <summary>What the options say about an exception, or what <see cref="Classify"/> does.</summary>
    /// <remarks>For protocols that judge their own results.</remarks>
    public Outcome Judge(Exception error) => options.ClassifyException?.Invoke(error) ?? Classify.Exception(error);

    /// <summary>Told of each pick and what it was made from. Costs nothing while nobody listens; called on the request's thread.</summary>
    public event Action<Decision>? Decided;

    /// <inheritdoc/>
    public async ValueTask<bool> ApplyAsync(IRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await SendAsync<AppliedRequest, bool>(new AppliedRequest(request, options.ClassifyException), RequestOptions.Default, cancel)
                .ConfigureAwait(false);
        }
        catch (ServiceUnavailableException error) when (error.Reason == UnavailableReason.EveryReplicaFailed)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public ValueTask<TResult> SendAsync<TResult>(
        Func<Endpoint, CancellationToken, ValueTask<TResult>> action, RequestOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        return SendAsync<ActionRequest<TResult>, TResult>(
            new ActionRequest<TResult>(action, this.options.ClassifyException), options ?? RequestOptions.Default, cancel);
    }

    /// <summary>The way of one request. For protocols; programs mostly use the form that takes a delegate.</summary>
    /// <typeparam name="TRequest">A struct, so that nothing is allocated for it.</typeparam>
    /// <typeparam name="TResult">What an attempt gives back.</typeparam>
    /// <returns>The first good result; else the last bad one, where the request has one and it was an answer.</returns>
    /// <exception cref="ServiceUnavailableException">No replica carried it out; or what the request has thrown instead.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResult> SendAsync<TRequest, TResult>(TRequest request, RequestOptions options, CancellationToken cancel = default)
        where TRequest : IRequest<TResult>
    {
        ArgumentNullException.ThrowIfNull(options);
        cancel.ThrowIfCancellationRequested();
        var now = clock.Now;
        var deadline = now + Clock.Nanoseconds(options.Timeout ?? this.options.Timeout);
        // 1 naming, 2 membership: who is there.
        if (group.Current.Replicas.IsEmpty) now = await ReadyAsync<TRequest, TResult>(request, Clock.Span(deadline - now), cancel).ConfigureAwait(false);
        var call = outstanding.Rent<TRequest, TResult>();
        try
        {
            call.Open(told, request, options, deadline, cancel);
            repeats.Deposit(now);
            while (true)
            {
                // 3 candidates, 4 pick, 5 send: begun here, awaited below.
                if (probing is not null && call.Wanted == Cause.First) now = await ProbeAsync(probing, options.Key, now, cancel).ConfigureAwait(false);
                if (call.Wanted == Cause.Retry && NeedsNewcomers(call, now)) now = await HeardByAsync(call.Deadline, cancel).ConfigureAwait(false);
                if (call.Wanted != Cause.None) Start(call, now);
                if (call.Running == 0) return Conclude(call, now);
                if (!call.AnyDone) await call.NextAsync(call.WakeAt).ConfigureAwait(false);

                // 6 outcome, 7 learning: what came, and what did not come in time.
                now = clock.Now;
                while (call.TryTake(out var ended, out var result) || TryTakeOverdue(call, now, out ended, out result))
                {
                    var verdict = Settle(call, ended, result, now);
                    if (verdict == Verdict.Answer) return result!;
                    if (verdict == Verdict.Fault) ExceptionDispatchInfo.Throw(ended.Outcome.Error!);
                    await call.CleanUpAsync(ended, clock).ConfigureAwait(false);
                    now = clock.Now;
                }
                cancel.ThrowIfCancellationRequested();
                SendBeside(call, now);
            }
        }
        finally
        {
            Finish(call);
        }
    }
}
