namespace SmartClients.Http;

/// <summary>An address that a director wrote into a message: known again when an outer handler sends the message a second time.</summary>
internal sealed class ReplicaAddress(string text) : Uri(text);
