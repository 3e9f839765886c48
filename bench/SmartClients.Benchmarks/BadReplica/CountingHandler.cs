namespace SmartClients.Benchmarks.BadReplica;

/// <summary>Counts the attempts on their way out.</summary>
sealed class CountingHandler(HttpMessageHandler inner, int badPort) : DelegatingHandler(inner)
{
    int asked;
    int askedBad;

    /// <summary>Attempts that went out, and those that went to the bad replica.</summary>
    public (int All, int Bad) Asked => (Volatile.Read(ref asked), Volatile.Read(ref askedBad));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        if (request.RequestUri!.Port == badPort) Interlocked.Increment(ref askedBad);
        return base.SendAsync(request, cancellationToken);
    }
}
