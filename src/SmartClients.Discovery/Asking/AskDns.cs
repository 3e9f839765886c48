using DnsClient;

namespace SmartClients.Discovery.Asking;

/// <summary>Asks DNS one question.</summary>
/// <returns>The records of the answer; none where the name, or a record of this type, does not exist.</returns>
/// <exception cref="IOException">No server answered, or none in a way that makes sense; the message says why.</exception>
internal delegate Task<DnsAnswer> AskDns(string name, QueryType type, TimeProvider time, CancellationToken cancel);
