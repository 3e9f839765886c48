using SmartClients.Naming;

namespace SmartClients;

/// <summary>The illusion of a single, highly available machine: an abstraction of a replicated service for whoever calls it
/// (§3.3 of the paper). Safe for concurrent use. A director knows no protocol.</summary>
public interface IDirector
{
    /// <summary>Carries the request out on an endpoint of the director's choosing, and elsewhere when that fails.</summary>
    /// <returns><see langword="true"/> when it was carried out; <see langword="false"/> when every replica has failed.</returns>
    /// <exception cref="ServiceUnavailableException">The request ended before every replica was tried: its time or the retry budget
    /// was spent, or there is nobody to ask.</exception>
    ValueTask<bool> ApplyAsync(IRequest request, CancellationToken cancel = default);

    /// <summary>Carries an action out on an endpoint of the director's choosing, and elsewhere when that fails.</summary>
    /// <typeparam name="TResult">What the action gives back.</typeparam>
    /// <param name="action">The action; called once for each attempt. Its token is valid until it ends: it may serve another request then,
    /// so what outlives the action (a session that it opened, say) must not keep it.</param>
    /// <param name="options">What the request allows; <see cref="RequestOptions.Default"/> when left out: repeatable, not hedged.</param>
    /// <param name="cancel">The caller gives up.</param>
    /// <returns>What the action returned at the first replica that did not fail.</returns>
    /// <exception cref="ServiceUnavailableException">No replica carried it out; it tells what happened at each.</exception>
    ValueTask<TResult> SendAsync<TResult>(
        Func<Endpoint, CancellationToken, ValueTask<TResult>> action, RequestOptions? options = null, CancellationToken cancel = default);
}
