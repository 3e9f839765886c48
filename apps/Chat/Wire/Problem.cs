namespace SmartClients.Chat.Wire;

/// <summary>RFC 9457: a request that was not carried out, and why.</summary>
internal sealed record Problem(string Title, int Status, string Detail);
