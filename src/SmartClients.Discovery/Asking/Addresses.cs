using System.Collections.Immutable;
using System.Net;

namespace SmartClients.Discovery.Asking;

/// <summary>The addresses of a host, in an order that does not depend on the order of the answer.</summary>
/// <param name="All">Allowed ones only; none where the host has none.</param>
/// <param name="Pause">How long they may be believed.</param>
/// <param name="Refused">Why one was left out; <see langword="null"/> where none was.</param>
internal readonly record struct Addresses(ImmutableArray<IPAddress> All, TimeSpan Pause, string? Refused);
