namespace SmartClients.Picking;

/// <summary>The parameters of <see cref="Prequal"/>, by the names of the paper; the defaults are its own.</summary>
public sealed record PrequalOptions
{
    /// <summary>Probes that each request sends (<c>r_probe</c>); a fraction is kept on average.</summary>
    /// <value>The default is 3. 0 to 16.</value>
    public double ProbesPerRequest { get; init; } = 3;

    /// <summary>The most answers kept (<c>m</c>).</summary>
    /// <value>The default is 16. 2 to 64.</value>
    public int PoolSize { get; init; } = 16;

    /// <summary>How long an answer is of use.</summary>
    /// <value>The default is 1 second. Above zero, at most a minute.</value>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Answers that each request takes out of the pool beside the one it uses up, in turn the worst and the oldest
    /// (<c>r_remove</c>).</summary>
    /// <value>The default is 1. 0 to 16.</value>
    public double RemovedPerRequest { get; init; } = 1;

    /// <summary>How much faster answers come than they are used up (<c>δ</c>).</summary>
    /// <value>The default is 1. Above 0, at most 10.</value>
    public double Surplus { get; init; } = 1;

    /// <summary>Replicas are hot above this quantile of the numbers in flight that answers told lately (<c>Q_RIF</c>): at 0 all are, and
    /// only the number in flight counts; at 1 none is, and only latency does.</summary>
    /// <value>The default is 2^-0.25, about 0.84. 0 to 1.</value>
    public double HotQuantile { get; init; } = Math.Pow(2, -0.25);

    /// <summary>Whether a replica at the quantile itself is hot, as §5.3 of the paper has it, and not only those above, as §4 does. With few
    /// requests in flight it makes a difference.</summary>
    /// <value>The default is <see langword="false"/>: those above.</value>
    public bool HotAtQuantile { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public void Validate()
    {
        Between(ProbesPerRequest, 0, ProbeWish.Most, nameof(ProbesPerRequest));
        Between(PoolSize, 2, 64, nameof(PoolSize));
        Between(MaxAge.TotalSeconds, 1e-6, 60, nameof(MaxAge) + " (seconds)");
        Between(RemovedPerRequest, 0, 16, nameof(RemovedPerRequest));
        Between(Surplus, 1e-6, 10, nameof(Surplus));
        Between(HotQuantile, 0, 1, nameof(HotQuantile));
    }

    static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentException(FormattableString.Invariant($"PrequalOptions.{name} is {value}: it must be from {least} to {most}."));
    }
}
