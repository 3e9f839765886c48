using DnsClient;

namespace SmartClients.Discovery.Asking;

/// <summary>The DNS servers that are asked: the given ones, or the system's. Safe for concurrent use.</summary>
internal sealed class DnsServers(DnsOptions options)
{
    // A machine that moves to another network has other servers there.
    static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(30);

    sealed record Made(LookupClient Client, long At);

    Made? made;

    public async Task<DnsAnswer> AskAsync(string name, QueryType type, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            var response = await Client(time).QueryAsync(name, type, QueryClass.IN, cancel).ConfigureAwait(false);
            return response.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NoError => new DnsAnswer([.. response.Answers], [.. response.Additionals]),
                DnsHeaderResponseCode.NotExistentDomain => DnsAnswer.Nothing,
                var code => throw new IOException($"DNS server {response.NameServer} answers {code} to {type} {name}."),
            };
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error) when (error is not IOException)
        {
            // Whatever the bytes of an answer did to its reader, it was no answer.
            throw new IOException($"DNS was asked for {type} {name} and gave no answer: {Words(error)}", error);
        }
    }

    LookupClient Client(TimeProvider time)
    {
        var now = time.GetTimestamp();
        if (Volatile.Read(ref made) is { } present && (!options.Servers.IsEmpty || time.GetElapsedTime(present.At, now) < LooksAgain)) return present.Client;
        // Asked for itself, the library would fall back on a public server: nobody said that names may be told there.
        NameServer[] servers = options.Servers.IsEmpty
            ? [.. NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false)]
            : [.. options.Servers.Select(server => new NameServer(server))];
        if (servers.Length == 0) throw new IOException("This system names no DNS server: set DnsOptions.Servers.");
        var client = new LookupClient(new LookupClientOptions(servers)
        {
            UseCache = false,
            Timeout = options.Timeout,
            Retries = options.Retries,
            ThrowDnsErrors = false,
            ContinueOnDnsError = true,
            ContinueOnEmptyResponse = false,
            UseRandomNameServer = false,
        });
        Volatile.Write(ref made, new Made(client, now));
        return client;
    }

    static string Words(Exception error) => error is DnsResponseException { InnerException: { } inner } ? $"{error.Message} {inner.Message}" : error.Message;
}
