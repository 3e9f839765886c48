using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using SmartClients.Transfer.Protocols.Connections;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Connections;

/// <summary>On a real connection, whose clock stands still unless a test moves it.</summary>
public sealed class GatheringStreamTests : IAsyncLifetime
{
    const int Most = 256 << 10;

    readonly FakeTimeProvider time = new();
    readonly byte[] buffer = new byte[Most];
    Socket server = null!;
    Socket client = null!;
    GatheringStream stream = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndpoint, Cancel);
        server = await listener.AcceptSocketAsync(Cancel);
        stream = new GatheringStream(client, time);
        // So much in so short a time that a moment brings more than is ever waited for.
        await SendAsync(1 << 20);
        for (var read = 0; read < 1 << 20; read += await stream.ReadAsync(buffer, Cancel)) time.Advance(TimeSpan.FromMicroseconds(1));
        time.Advance(TimeSpan.FromMilliseconds(2));
        await SendAsync(1);
        Assert.Equal(1, await stream.ReadAsync(buffer, Cancel));
    }

    [Fact]
    public async Task A_read_of_much_waits_until_much_is_there()
    {
        var reading = stream.ReadAsync(buffer, Cancel).AsTask();
        await SendAsync(1000);
        await ThereAreAsync(1000, reading);
        await SendAsync(Most - 1000);
        Assert.Equal(Most, await reading);
    }

    [Fact]
    public async Task What_is_there_is_handed_on_when_no_more_comes_soon()
    {
        var reading = stream.ReadAsync(buffer, Cancel).AsTask();
        await SendAsync(1000);
        await ThereAreAsync(1000, reading);
        for (var i = 0; i < 2; i++) time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(1000, await reading);
        // And the next is slow until it is fast again.
        await SendAsync(10);
        Assert.Equal(10, await stream.ReadAsync(buffer, Cancel));
    }

    [Fact]
    public async Task And_when_the_connection_ends()
    {
        var reading = stream.ReadAsync(buffer, Cancel).AsTask();
        await SendAsync(1000);
        await ThereAreAsync(1000, reading);
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal(1000, await reading);
        Assert.Equal(0, await stream.ReadAsync(buffer, Cancel));
    }

    [Fact]
    public async Task A_read_of_little_waits_for_nothing()
    {
        await SendAsync(Most);
        Assert.Equal(Most, await stream.ReadAsync(buffer, Cancel));
        var reading = stream.ReadAsync(buffer.AsMemory(0, 4096), Cancel).AsTask();
        await SendAsync(10);
        Assert.Equal(10, await reading);
    }

    [Fact]
    public async Task Once_closed_it_is_left_alone()
    {
        var reading = stream.ReadAsync(buffer, Cancel).AsTask();
        await stream.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => reading);
        for (var i = 0; i < 3; i++) time.Advance(TimeSpan.FromMilliseconds(50));
    }

    async Task SendAsync(int count)
    {
        for (var bytes = new byte[count].AsMemory(); bytes.Length > 0;) bytes = bytes[await server.SendAsync(bytes, Cancel)..];
    }

    async Task ThereAreAsync(int count, Task reading)
    {
        while (!reading.IsCompleted && client.Available < count) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        server.Dispose();
    }
}
