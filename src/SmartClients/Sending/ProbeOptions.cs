namespace SmartClients.Sending;

/// <summary>How much a director may probe, and how long it waits for it.</summary>
public sealed record ProbeOptions
{
    /// <summary>The most probes for each request, over ten seconds: the probe budget's share.</summary>
    /// <value>The default is 5. 0 to 16.</value>
    public double PerRequest { get; init; } = 5;

    /// <summary>Probes that may be sent per second whatever the traffic: the budget's floor.</summary>
    /// <value>The default is 10. 0 to 10,000.</value>
    public double PerSecond { get; init; } = 10;

    /// <summary>The most probes in flight at a time; a replica has one at most.</summary>
    /// <value>The default is 256. 1 to 100,000.</value>
    public int InFlight { get; init; } = 256;

    /// <summary>How long a probe may take.</summary>
    /// <value>The default is 1 second. 1 millisecond to 1 minute.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request waits for the answers that its policy wants to wait for.</summary>
    /// <value>The default is 5 milliseconds. 1 millisecond to 10 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest time that a replica is not probed after probes that failed or brought nothing; it doubles from a tenth of a second.</summary>
    /// <value>The default is 30 seconds. 0.1 seconds to 1 hour.</value>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public void Validate()
    {
        Between(PerRequest, 0, 16, nameof(PerRequest));
        Between(PerSecond, 0, 10_000, nameof(PerSecond));
        Between(InFlight, 1, 100_000, nameof(InFlight));
        Between(Timeout.TotalSeconds, 0.001, 60, nameof(Timeout) + " (seconds)");
        Between(Patience.TotalSeconds, 0.001, 10, nameof(Patience) + " (seconds)");
        Between(MaxBackoff.TotalSeconds, 0.1, 3600, nameof(MaxBackoff) + " (seconds)");
    }

    static void Between(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentException(FormattableString.Invariant($"ProbeOptions.{name} is {value}: it must be from {least} to {most}."));
    }
}
