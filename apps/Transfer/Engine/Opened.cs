using SmartClients.Transfer.Mirrors;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>The file as a mirror began to send it.</summary>
internal sealed record Opened(Mirror Mirror, RemoteFile File);
