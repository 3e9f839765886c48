namespace SmartClients.Http;

/// <summary>An address that a director wrote into a message: known again when an outer handler sends the message a second time.</summary>
/// <param name="text">The address.</param>
/// <param name="name">The name that the replica goes by there, where it has one of its own.</param>
internal sealed class ReplicaAddress(string text, string? name) : Uri(text)
{
    public string? Name => name;
}
