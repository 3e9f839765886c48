using SmartClients.Naming;
using SmartClients.Naming.Certified;
using SmartClients.Naming.State;

namespace SmartClients.Cli.Naming;

/// <summary>A name that a command works with.</summary>
/// <param name="Name">As it is written, without a path.</param>
/// <param name="Source">Where its members are learnt.</param>
/// <param name="State">Where what is learnt is kept.</param>
internal sealed record OpenName(string Name, NameSource Source, StateStore? State)
{
    static readonly TimeSpan MostToWait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Options to begin with: the service's own wishes, and where to keep what is learnt.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="usual">What holds where the service has no wishes; a director's defaults when left out.</param>
    public DirectorOptions Options(TimeProvider time, DirectorOptions? usual = null) =>
        ((usual ?? new DirectorOptions()) with { Time = time, State = State, StateName = Name }).Following(Source.Advice);

    /// <summary>How the replicas are called: as asked for, else as the service says.</summary>
    public string Scheme(string? asked) => asked ?? (Source.Advice?.Scheme is "https" ? "https" : "http");

    /// <summary>A command lives for less than what goes on beside its requests takes: where something was due, it is waited for, a second
    /// at most.</summary>
    /// <param name="director">What the command used.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Whether nobody answered: perhaps the service has moved, and the next call should know.</param>
    public async Task SettleAsync(Director director, TimeProvider time, bool failed = false)
    {
        if (State is null) return;
        using var limit = new CancellationTokenSource(MostToWait, time);
        try
        {
            if (Source is CertifiedNames due && (failed || due.IsDue)) await due.Keeper.RenewAsync(time, limit.Token);
            if (director.Membership.Age > Fresh) await director.HeardAsync(MostToWait, limit.Token);
            if (Source is CertifiedNames certified) await certified.Keeper.SettledAsync().WaitAsync(limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or FormatException)
        {
            // The next call tries again; this one has its answer.
        }
    }
}
