using SmartClients.Naming;

namespace SmartClients;

/// <summary>The other forms in which an action is handed to a director.</summary>
public static class DirectorActions
{
    /// <summary>As <see cref="IDirector.SendAsync{TResult}"/>, for an action that returns a task.</summary>
    /// <inheritdoc cref="IDirector.SendAsync{TResult}"/>
    public static ValueTask<TResult> SendAsync<TResult>(
        this IDirector director, Func<Endpoint, CancellationToken, Task<TResult>> action, RequestOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(director);
        ArgumentNullException.ThrowIfNull(action);
        return director.SendAsync((endpoint, token) => new ValueTask<TResult>(action(endpoint, token)), options, cancel);
    }

    /// <summary>As <see cref="IDirector.SendAsync{TResult}"/>, for an action that gives nothing back.</summary>
    /// <inheritdoc cref="IDirector.SendAsync{TResult}"/>
    public static async ValueTask SendAsync(
        this IDirector director, Func<Endpoint, CancellationToken, Task> action, RequestOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(director);
        ArgumentNullException.ThrowIfNull(action);
        await director.SendAsync(async ValueTask<bool> (endpoint, token) =>
        {
            await action(endpoint, token).ConfigureAwait(false);
            return true;
        }, options, cancel).ConfigureAwait(false);
    }
}
