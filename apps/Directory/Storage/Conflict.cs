namespace SmartClients.Directories.Storage;

/// <summary>A peer holds a certificate that the rules refuse here: the name has another owner, or one serial two contents.</summary>
/// <param name="Name">The service.</param>
/// <param name="Peer">Whose certificate was refused.</param>
/// <param name="Key">The key that signed it.</param>
/// <param name="Serial">Its serial.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Seen">When last.</param>
internal sealed record Conflict(string Name, string Peer, string Key, long Serial, string Reason, DateTimeOffset Seen);
