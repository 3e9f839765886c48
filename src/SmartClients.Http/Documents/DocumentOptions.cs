using SmartClients.Naming;

namespace SmartClients.Http.Documents;

/// <summary>How documents are asked for over HTTP. Immutable.</summary>
public sealed record DocumentOptions
{
    /// <summary>Between two questions, where the server does not say how long its answer holds (<c>Cache-Control: max-age</c>).</summary>
    /// <value>The default is 10 seconds. 1 second to 1 hour. Each pause is up to a tenth longer, so that clients do not ask together.</value>
    public TimeSpan Interval
    {
        get;
        init => field = value >= PolledNames.ShortestPause && value <= PolledNames.LongestPause ? value
            : throw new ArgumentException($"Interval is {value}: it must be from 1 second to 1 hour.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that a server may have its answer believed.</summary>
    /// <value>The default is 5 minutes. 1 second to 1 hour.</value>
    public TimeSpan LongestInterval
    {
        get;
        init => field = value >= PolledNames.ShortestPause && value <= PolledNames.LongestPause ? value
            : throw new ArgumentException($"LongestInterval is {value}: it must be from 1 second to 1 hour.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>How long one answer may take, from the question to its last byte, redirections included.</summary>
    /// <value>The default is 8 seconds. 10 milliseconds to 5 minutes.</value>
    public TimeSpan Timeout
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(10) && value <= TimeSpan.FromMinutes(5) ? value
            : throw new ArgumentException($"Timeout is {value}: it must be from 10 milliseconds to 5 minutes.");
    } = TimeSpan.FromSeconds(8);

    /// <summary>How members are asked for the members (<c>members:/path</c>) where nothing says otherwise. Port 443 is asked by https in any case.</summary>
    /// <value>The default is <c>http</c>. <c>http</c> or <c>https</c>.</value>
    public string Scheme
    {
        get;
        init => field = value is "http" or "https" ? value : throw new ArgumentException($"Scheme is '{value}': it must be http or https.");
    } = "http";

    /// <summary>Spreads the questions of many clients; a shared one when left out.</summary>
    public Random? Random { get; init; }
}
