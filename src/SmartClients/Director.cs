using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using SmartClients.Naming;
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
    /// <exception cref="ServiceUnavailableException">No replica carried it out.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResult> SendAsync<TRequest, TResult>(TRequest request, RequestOptions options, CancellationToken cancel = default)
        where TRequest : IRequest<TResult>
    {
        ArgumentNullException.ThrowIfNull(options);
        cancel.ThrowIfCancellationRequested();
        // 1 naming, 2 membership: who is there.
        if (group.Current.Replicas.IsEmpty) await group.ReadyAsync(cancel).ConfigureAwait(false);

        var now = clock.Now;
        var call = outstanding.Rent<TRequest, TResult>();
        call.Open(Name, request, options, now + Clock.Nanoseconds(options.Timeout ?? this.options.Timeout), cancel);
        repeats.Deposit(now);
        try
        {
            while (true)
            {
                // 3 candidates, 4 pick, 5 send: begun here, awaited below.
                if (call.Wanted == Cause.Retry && NeedsNewcomers(call, now))
                {
                    await group.HeardAsync(call.Deadline, cancel).ConfigureAwait(false);
                    now = clock.Now;
                }
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
                    await call.CleanUpAsync(ended).ConfigureAwait(false);
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
