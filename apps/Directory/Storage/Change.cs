namespace SmartClients.Directories.Storage;

/// <summary>The latest change of one service's certificate. <see cref="Digest"/> tells two contents under one serial apart.</summary>
/// <param name="Sequence">Rises with every publication in this store.</param>
/// <param name="Name">The service.</param>
/// <param name="Serial">Its certificate's serial.</param>
/// <param name="Key">The thumbprint of the key that signed it.</param>
/// <param name="Digest">SHA-256 of what was signed, in base64url.</param>
internal sealed record Change(long Sequence, string Name, long Serial, string Key, string Digest);
