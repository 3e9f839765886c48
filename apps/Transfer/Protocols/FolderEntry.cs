namespace SmartClients.Transfer.Protocols;

/// <summary>One thing in a folder.</summary>
/// <param name="Name">Its name: one part of a path, never empty, <c>.</c> or <c>..</c>, and without a separator or a control character.</param>
/// <param name="IsFolder">Whether it is a folder. What is neither that nor a file is not told.</param>
/// <param name="Size">Bytes, where said.</param>
/// <param name="Modified">When it was modified, where said.</param>
public sealed record FolderEntry(string Name, bool IsFolder, long? Size = null, DateTimeOffset? Modified = null);
