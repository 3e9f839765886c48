using System.Collections.Immutable;
using System.Net;

namespace SmartClients.Discovery;

/// <summary>How DNS is asked. Immutable.</summary>
public sealed record DnsOptions
{
    /// <summary>The DNS servers to ask, in order: the next one is asked when one does not answer.</summary>
    /// <value>The default is none: those of the system, looked at anew every half minute; and where they know no address, the system's
    /// own resolver, which also knows the hosts file and the search domains.</value>
    public ImmutableArray<IPEndPoint> Servers { get; init; } = [];

    /// <summary>How long one server is waited for, each time.</summary>
    /// <value>The default is 2 seconds. 10 milliseconds to 1 minute.</value>
    public TimeSpan Timeout
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(10) && value <= TimeSpan.FromMinutes(1) ? value
            : throw new ArgumentException($"Timeout is {value}: it must be from 10 milliseconds to 1 minute.");
    } = TimeSpan.FromSeconds(2);

    /// <summary>How often a server is asked again that did not answer.</summary>
    /// <value>The default is 1. 0 to 10.</value>
    public int Retries
    {
        get;
        init => field = value is >= 0 and <= 10 ? value : throw new ArgumentException($"Retries is {value}: it must be from 0 to 10.");
    } = 1;

    /// <summary>How long a whole answer may take: aliases, and the addresses of all targets of a service.</summary>
    /// <value>The default is 8 seconds. 10 milliseconds to 5 minutes.</value>
    public TimeSpan Limit
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(10) && value <= TimeSpan.FromMinutes(5) ? value
            : throw new ArgumentException($"Limit is {value}: it must be from 10 milliseconds to 5 minutes.");
    } = TimeSpan.FromSeconds(8);

    /// <summary>Which addresses are asked for.</summary>
    /// <value>The default is <see cref="DnsFamilies.Both"/>. Each address is a replica of its own: where the machines have an address of
    /// each family, say one of the two, or each machine counts twice.</value>
    public DnsFamilies Families { get; init; } = DnsFamilies.Both;

    /// <summary>Spreads the questions of many clients; a shared one when left out.</summary>
    public Random? Random { get; init; }
}
