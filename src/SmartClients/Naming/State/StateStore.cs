namespace SmartClients.Naming.State;

/// <summary>Where services' state is kept from one process to the next. Several directors and several processes may use one. What cannot
/// be read or written counts as not there: a request never fails for it. Safe for concurrent use.</summary>
public abstract class StateStore
{
    /// <summary>What is kept of a service; <see langword="null"/> when there is nothing that can be read. Quick, and without the network.</summary>
    /// <param name="service">The name under which it is kept, such as <c>service://quotes</c>.</param>
    public abstract SavedService? Read(string service);

    /// <summary>Replaces what is kept of a service by what a function makes of it, as one step: nobody else's change is lost in between.</summary>
    /// <param name="service">As for <see cref="Read"/>.</param>
    /// <param name="change">Given what is kept now, gives what is to be kept; the same object or <see langword="null"/> to leave it.</param>
    /// <param name="cancel">Gives up; nothing is changed then.</param>
    /// <returns>Whether the store now keeps what the function gave.</returns>
    public abstract ValueTask<bool> UpdateAsync(string service, Func<SavedService?, SavedService?> change, CancellationToken cancel = default);
}
