using SmartClients.Naming;

namespace SmartClients.Http.Documents;

/// <summary>What is asked for.</summary>
/// <param name="MostBytes">The largest body that is read.</param>
/// <param name="Rules">Which addresses may be asked.</param>
/// <param name="Host">The Host header and TLS name, where they are not the address's own.</param>
/// <param name="Accept">Media types.</param>
internal sealed record DocumentQuestion(int MostBytes, AddressRules Rules, string? Host, params string[] Accept);
