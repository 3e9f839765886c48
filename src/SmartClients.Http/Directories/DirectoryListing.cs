namespace SmartClients.Http.Directories;

/// <summary>A service as a directory's search lists it. Believed by nobody: a hint at a name.</summary>
/// <param name="Name">The service's bare name.</param>
/// <param name="Title">Its title; empty where it has none.</param>
/// <param name="Description">Its description; empty where it has none.</param>
/// <param name="Serial">The serial of its certificate.</param>
/// <param name="Expires">When that ends.</param>
/// <param name="Key">The thumbprint of the key that signed it.</param>
public sealed record DirectoryListing(string Name, string Title, string Description, long Serial, DateTimeOffset Expires, string Key);
