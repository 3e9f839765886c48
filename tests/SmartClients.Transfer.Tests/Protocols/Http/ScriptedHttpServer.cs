using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartClients.Transfer.Tests.Protocols.Http;

/// <summary>A web server that sends what a test wants it to send, for what no real one can be brought to: one reply a connection.</summary>
internal sealed class ScriptedHttpServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource end = new();
    readonly Func<string, string> says;

    /// <summary>Starts it.</summary>
    /// <param name="says">What it sends for a path.</param>
    public ScriptedHttpServer(Func<string, string> says)
    {
        this.says = says;
        listener.Start();
        _ = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The header of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    async Task ServeAsync()
    {
        while (!end.IsCancellationRequested) _ = AnswerAsync(await listener.AcceptTcpClientAsync(end.Token));
    }

    async Task AnswerAsync(TcpClient client)
    {
        using var one = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var header = new StringBuilder();
        while (await reader.ReadLineAsync(end.Token) is { Length: > 0 } line) header.Append(line).Append('\n');
        Requests.Enqueue(header.ToString());
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(says(header.ToString().Split(' ')[1])), end.Token);
    }

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }
}
