namespace SmartClients.Benchmarks.Clients;

/// <summary>A client and the address that it asks next.</summary>
sealed record Caller(HttpClient Client, Func<Uri> Next)
{
    /// <summary>One call, its body read to the end. Throws where the answer is not a good one.</summary>
    public async Task CallAsync()
    {
        using var response = await Client.GetAsync(Next()).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (body.Length != Servers.KestrelServer.Body.Length) throw new InvalidDataException($"The body has {body.Length} bytes.");
    }
}
