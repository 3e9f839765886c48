namespace SmartClients.AspNetCore;

/// <summary>How a server leaves.</summary>
public sealed class DrainOptions
{
    /// <summary>The longest time between saying that the replica is leaving and no longer taking requests.</summary>
    /// <value>The default is 5 seconds. 0 to 1 hour; cut to three quarters of <c>HostOptions.ShutdownTimeout</c>, so that what is in
    /// flight at the end has the rest.</value>
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The replica stops before the period ends once nothing is in flight and nothing has come for this long.</summary>
    /// <value>The default is 1 second. At least 0.</value>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromSeconds(1);

    internal TimeSpan PeriodWithin(TimeSpan shutdownTimeout) =>
        shutdownTimeout >= TimeSpan.Zero && Period > shutdownTimeout * 0.75 ? shutdownTimeout * 0.75 : Period;

    internal void Validate()
    {
        if (Period < TimeSpan.Zero || Period > TimeSpan.FromHours(1))
            throw new ArgumentException($"DrainOptions.Period is {Period}: it must be from 0 to 1 hour.");
        if (Quiet < TimeSpan.Zero) throw new ArgumentException($"DrainOptions.Quiet is {Quiet}: it must be at least 0.");
    }
}
