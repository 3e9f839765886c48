using SmartClients.Naming;

namespace SmartClients;

/// <summary>One action that any replica can carry out, with a clean-up for when a replica fails half-way: figure 5 of the paper.</summary>
public interface IRequest
{
    /// <summary>Performs the action on one endpoint. Throw <see cref="Outcomes.RequestException"/>, or what the base class library
    /// throws for a broken connection, to say that the replica failed; anything else is taken for a bug and goes to the caller.</summary>
    /// <param name="endpoint">The replica that the director picked.</param>
    /// <param name="cancel">Cancelled when the caller gives up or the attempt is no longer wanted. Valid until the action ends: it may
    /// serve another request then, so what outlives the action must not keep it.</param>
    Task ActionAsync(Endpoint endpoint, CancellationToken cancel);

    /// <summary>Cleans up after a replica that failed, before the action is applied to the next one. The request's time runs on meanwhile;
    /// when it is over before the clean-up is, no further replica is asked. What it throws goes to the caller.</summary>
    /// <param name="failed">The replica that failed.</param>
    /// <param name="error">What the action threw.</param>
    Task CleanUpAsync(Endpoint failed, Exception error) => Task.CompletedTask;
}
