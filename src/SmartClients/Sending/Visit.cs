using SmartClients.Naming;

namespace SmartClients.Sending;

/// <summary>One visit to a replica. Where it throws, the next one follows after about a second.</summary>
/// <param name="endpoint">The replica, as its source tells it now.</param>
/// <param name="cancel">The visit's time is over, or the director is being disposed.</param>
/// <returns>How long to wait before the next visit, give or take a quarter, so that many clients' visits do not fall together. A
/// millisecond to a day; what is less or more is moved to these bounds.</returns>
public delegate ValueTask<TimeSpan> Visit(Endpoint endpoint, CancellationToken cancel);
