namespace SmartClients.Chat.Web.Rooms;

/// <summary>What the page wants.</summary>
/// <param name="Service">The servers' name: a service's, or the address of a members document.</param>
/// <param name="Directories">Where a service's certificate is asked for.</param>
/// <param name="Scheme">How servers are spoken to: as the page itself was.</param>
/// <param name="Room">The room.</param>
/// <param name="Name">What the writer is called.</param>
/// <param name="Slot">Which of the pages of this browser in this room it is: each is a sender of its own.</param>
/// <param name="Token">What opens a room that is not public.</param>
internal sealed record JoinRequest(string Service, string? Directories, string Scheme, string Room, string Name, int Slot, string? Token);
