using SmartClients.Transfer.Mirrors;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>What a mirror says of the file.</summary>
internal sealed record Met(Mirror Mirror, FileFacts Facts);
