namespace SmartClients.Cli.Demo;

/// <summary>A file that the replicas serve, and what it must be when it arrives.</summary>
/// <param name="Path">Relative to the folder, percent-encoded, with slashes.</param>
/// <param name="Sha256">Of its bytes when the demo began.</param>
internal sealed record CorpusFile(string Path, byte[] Sha256);
