using SmartClients.Naming;
using SmartClients.Picking;

namespace SmartClients;

/// <summary>A director's options by a service's advice.</summary>
public static class AdvisedOptions
{
    /// <summary>The options with the service's wishes in them: to begin with, before a program sets its own. A policy that is unknown here
    /// is left aside.</summary>
    public static DirectorOptions Following(this DirectorOptions options, Advice? advice)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (advice?.Policy is not { } wished) return options;
        return options with
        {
            Policy = wished.Name is { } name && Policies.Names.Contains(name) ? name : options.Policy,
            Affinity = wished.Affinity ?? options.Affinity,
            Hedge = wished.Hedge ?? options.Hedge,
            Timeout = wished.Timeout ?? options.Timeout,
            AttemptTimeout = wished.AttemptTimeout ?? options.AttemptTimeout,
        };
    }

    /// <summary>The options within the service's limits. A director does this by itself.</summary>
    public static DirectorOptions Within(this DirectorOptions options, Advice? advice)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (advice?.Limits is not { } limits) return options;
        return options with
        {
            MaxAttempts = Math.Min(limits.Attempts ?? int.MaxValue, options.MaxAttempts),
            RetryShare = Math.Min(limits.RetryShare ?? double.MaxValue, options.RetryShare),
            HedgeShare = Math.Min(limits.HedgeShare ?? double.MaxValue, options.HedgeShare),
        };
    }
}
