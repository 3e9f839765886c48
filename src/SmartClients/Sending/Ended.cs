using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Sending;

/// <summary>An attempt that is over: where, since when, and how it ended.</summary>
internal readonly record struct Ended(Replica Replica, long StartedAt, Outcome Outcome);
