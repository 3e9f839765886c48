namespace SmartClients.Naming.State;

/// <summary>State that lasts as long as this object: for directors of one process that follow each other, and for tests. It keeps the
/// documents that <see cref="StateFolder"/> would write.</summary>
public sealed class MemoryState : StateStore
{
    readonly Lock gate = new();
    readonly Dictionary<string, byte[]> documents = [];

    /// <inheritdoc/>
    public override SavedService? Read(string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        lock (gate) return documents.TryGetValue(service, out var document) ? StateDocument.Parse(document, service) : null;
    }

    /// <inheritdoc/>
    public override ValueTask<bool> UpdateAsync(string service, Func<SavedService?, SavedService?> change, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            var before = Read(service);
            if (change(before) is { } after && !ReferenceEquals(after, before)) documents[service] = StateDocument.Write(service, after);
        }
        return ValueTask.FromResult(true);
    }
}
