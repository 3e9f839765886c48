using SmartClients.Learning.Orca;

namespace SmartClients.Http.Loads;

/// <summary>How the load of replicas is asked for over HTTP, or listened to.</summary>
public sealed record HttpLoadOptions
{
    /// <summary>The scheme of the addresses: <c>http</c> or <c>https</c>.</summary>
    /// <value>The default is <c>http</c>.</value>
    public string Scheme { get; init; } = "http";

    /// <summary>Where replicas tell their load.</summary>
    /// <value>The default is <c>/.well-known/load</c>. It begins with a slash.</value>
    public string Path { get; init; } = Wire.LoadPath;

    /// <summary>The time between two questions to a replica, give or take a quarter; or the longest time between two pushed events.</summary>
    /// <value>The default is 1 second. 10 milliseconds to 1 hour.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer, or the beginning of a stream, may take; an event may be late by as much.</summary>
    /// <value>The default is 2 seconds. Above zero, at most 1 hour.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause after failures; it doubles from one second.</summary>
    /// <value>The default is 30 seconds. 1 second to 1 hour.</value>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a replica that does not help (status 404, 405 and the like) is left alone.</summary>
    /// <value>The default is 10 minutes. 1 second to 1 day.</value>
    public TimeSpan LeaveAlone { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public void Validate()
    {
        if (Scheme is not ("http" or "https")) throw new ArgumentException($"HttpLoadOptions.Scheme is '{Scheme}': write http or https.");
        if (!Path.StartsWith('/') || Path.Contains('#', StringComparison.Ordinal))
            throw new ArgumentException($"HttpLoadOptions.Path is '{Path}': it must begin with a slash and have no fragment.");
        Between(Interval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1), nameof(Interval));
        Between(Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), nameof(Timeout));
        Between(MaxBackoff, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(MaxBackoff));
        Between(LeaveAlone, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(LeaveAlone));
    }

    static void Between(TimeSpan value, TimeSpan least, TimeSpan most, string name)
    {
        if (value < least || value > most) throw new ArgumentException($"HttpLoadOptions.{name} is {value}: it must be from {least} to {most}.");
    }
}
