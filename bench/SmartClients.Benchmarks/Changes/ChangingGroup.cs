using SmartClients.Naming;

namespace SmartClients.Benchmarks.Changes;

/// <summary>A group whose members somebody changes where they are kept, as an operator would: by another program, or behind a server's back.</summary>
abstract class ChangingGroup : IAsyncDisposable
{
    /// <summary>Makes the group be these addresses from now on; returns once that is said, not once anybody knows.</summary>
    public abstract Task SetAsync(IReadOnlyList<string> addresses);

    /// <summary>What a client learns it from, every option at its default.</summary>
    public abstract NameSource Open();

    public abstract ValueTask DisposeAsync();

    protected static string Document(IEnumerable<string> addresses) => $$"""{"members":[{{string.Join(',', addresses.Select(a => $"\"{a}\""))}}]}""";
}
