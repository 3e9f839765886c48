using System.Net;
using System.Net.Sockets;
using SmartClients.Cli.Experiments.Links;
using Xunit;

namespace SmartClients.Cli.Tests.Experiments.Links;

public sealed class StretchTests : IDisposable
{
    readonly TcpListener server = new(IPAddress.Loopback, 0);

    public StretchTests() => server.Start();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    int Port => ((IPEndPoint)server.LocalEndpoint).Port;

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task What_is_sent_over_a_stretch_that_is_cut_comes_when_it_is_healed_and_over_another_one_at_once()
    {
        await using var cut = new Stretch(Port);
        await using var whole = new Stretch(Port);
        using var first = await ConnectAsync(cut);
        using var second = await ConnectAsync(whole);
        await SendAsync(first, 1);
        Assert.Equal(1, await first.ReadAsync());

        cut.Cut();
        await SendAsync(first, 2);
        var coming = first.ReadAsync();
        for (byte i = 0; i < 100; i++)
        {
            await SendAsync(second, i);
            Assert.Equal(i, await second.ReadAsync());
        }
        Assert.False(coming.IsCompleted);

        cut.Heal();
        Assert.Equal(2, await coming);
    }

    async Task<Pair> ConnectAsync(Stretch stretch)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, stretch.Port, Cancel);
        return new Pair(client, await server.AcceptTcpClientAsync(Cancel));
    }

    static async Task SendAsync(Pair pair, byte one) => await pair.Client.GetStream().WriteAsync(new[] { one }, Cancel);

    sealed record Pair(TcpClient Client, TcpClient Server) : IDisposable
    {
        public async Task<int> ReadAsync()
        {
            var buffer = new byte[1];
            await Server.GetStream().ReadExactlyAsync(buffer, Cancel);
            return buffer[0];
        }

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
