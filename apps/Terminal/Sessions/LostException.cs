using SmartClients.Outcomes;

namespace SmartClients.Terminals.Sessions;

/// <summary>A shell that was there is gone, with whatever ran in it.</summary>
#pragma warning disable CA1032 // Thrown and caught here only, always with a message.
internal sealed class LostException(string why) : RequestException(why, Delivery.MayHaveExecuted);
#pragma warning restore CA1032
