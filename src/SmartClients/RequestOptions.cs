using SmartClients.Naming;

namespace SmartClients;

/// <summary>What one request allows. Immutable; share one instance between requests of a kind.</summary>
public sealed record RequestOptions
{
    /// <summary>Repeatable, not hedged: what a request is when it says nothing.</summary>
    public static RequestOptions Default { get; } = new();

    /// <summary>Repeated only where it surely was not carried out.</summary>
    public static RequestOptions Once { get; } = new() { Repeatable = false };

    /// <summary>Repeatable, and a second copy may run beside the first when that is slow.</summary>
    public static RequestOptions Hedged { get; } = new() { Hedge = true };

    /// <summary>Whether the request may be sent again when it may have been carried out already.</summary>
    /// <value>The default is <see langword="true"/>: a director is given work that any replica can carry out.</value>
    public bool Repeatable { get; init; } = true;

    /// <summary>Whether two attempts of the request may run at the same time. Only where <see cref="Repeatable"/>.</summary>
    /// <value>The default is <see langword="false"/>: an action is not begun while another runs. One that is given up (its time was over, its
    /// replica was found dead) is cancelled, and the next does not wait for it to heed that.</value>
    public bool Hedge { get; init; }

    /// <summary>Requests with the same key prefer the same replica, under policies that use it (<c>rendezvous</c>).</summary>
    public string? Key { get; init; }

    /// <summary>Replicas that this request must not go to, however few are left: one that another request has asked already, say. Asked
    /// of each candidate at each pick, on any thread: it must be quick, and must not throw.</summary>
    /// <value>The default is <see langword="null"/>: every replica may be asked.</value>
    public Func<Endpoint, bool>? LeaveOut { get; init; }

    /// <summary>Overrides <see cref="DirectorOptions.Timeout"/>. Above zero, or infinite.</summary>
    public TimeSpan? Timeout { get; init => field = Checked(value, nameof(Timeout)); }

    /// <summary>Overrides <see cref="DirectorOptions.AttemptTimeout"/>. Above zero, or infinite.</summary>
    public TimeSpan? AttemptTimeout { get; init => field = Checked(value, nameof(AttemptTimeout)); }

    /// <summary>Overrides <see cref="DirectorOptions.MaxAttempts"/>. At least 1.</summary>
    public int? MaxAttempts
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentException($"MaxAttempts is {value}: it must be at least 1.");
    }

    static TimeSpan? Checked(TimeSpan? value, string name) =>
        value is null || value > TimeSpan.Zero || value == System.Threading.Timeout.InfiniteTimeSpan ? value
            : throw new ArgumentException($"{name} is {value}: it must be above zero, or infinite.");
}
