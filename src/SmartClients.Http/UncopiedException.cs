namespace SmartClients.Http;

/// <summary>A request could not be copied for a further attempt, as one under way was being written to. Nobody's fault.</summary>
internal sealed class UncopiedException(Exception inner) : Exception("the request could not be copied: " + inner.Message, inner);
