namespace SmartClients.Directories.Storage;

/// <summary>A service as a search finds it.</summary>
internal sealed record Listing(string Name, string Title, string Description, long Serial, DateTimeOffset Expires, string Key);
