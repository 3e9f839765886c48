using System.Net;
using System.Net.Sockets;

namespace SmartClients.Discovery.Tests.Support;

/// <summary>A DNS server for what no real one says: datagrams of the test's own making, sent in answer to each query.</summary>
internal sealed class FakeDns : IAsyncDisposable
{
    readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    readonly CancellationTokenSource stop = new();
    readonly Task serving;
    int asked;

    /// <param name="answer">Makes the answers to a query: none, one, or several.</param>
    public FakeDns(Func<byte[], IEnumerable<byte[]>> answer) => serving = ServeAsync(answer);

    public IPEndPoint Address => (IPEndPoint)socket.Client.LocalEndPoint!;

    public DnsOptions Options => new() { Servers = [Address], Timeout = TimeSpan.FromMilliseconds(500), Retries = 0, Random = new Random(1) };

    public int Asked => Volatile.Read(ref asked);

    /// <summary>Answers each question from a table of records, as an authoritative server does that follows no alias.</summary>
    public static FakeDns Of(params DnsBytes.Record[] records) => new(query =>
    {
        var (name, type) = DnsBytes.Question(query);
        return [DnsBytes.Answer(query, [.. records.Where(r => r.Name == name && (r.Type == type || r.Type == DnsBytes.Alias))])];
    });

    async Task ServeAsync(Func<byte[], IEnumerable<byte[]>> answer)
    {
        try
        {
            while (true)
            {
                var query = await socket.ReceiveAsync(stop.Token);
                Interlocked.Increment(ref asked);
                foreach (var datagram in answer(query.Buffer)) await socket.SendAsync(datagram, query.RemoteEndPoint, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        socket.Dispose();
        stop.Dispose();
    }
}
