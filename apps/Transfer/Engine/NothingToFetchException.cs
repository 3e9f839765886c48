namespace SmartClients.Transfer.Engine;

/// <summary>Somebody else has taken the last piece.</summary>
#pragma warning disable CA1032 // Thrown and caught here only.
internal sealed class NothingToFetchException : Exception;
#pragma warning restore CA1032
