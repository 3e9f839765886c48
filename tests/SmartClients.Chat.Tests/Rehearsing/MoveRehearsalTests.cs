using System.Net.Sockets;
using SmartClients.Chat.Rehearsing;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Tests.Rehearsing;

public sealed class MoveRehearsalTests
{
    [Fact]
    public async Task Room_and_lines_go_on_at_another_server()
    {
        var (first, next) = await MoveRehearsal.PlayAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(first, next);
    }

    [Fact]
    public async Task A_server_that_dies_breaks_its_connections_and_takes_no_more()
    {
        var server = new StagedServer();
        var read = server.Connect().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
        var failure = new SocketException((int)SocketError.ConnectionReset);

        server.Die(failure);

        Assert.Same(failure, (await Assert.ThrowsAsync<IOException>(() => read)).InnerException);
        Assert.Same(failure, Assert.Throws<SocketException>(() => { server.Connect(); }));
    }

    [Fact]
    public async Task Nobody_hears_of_it()
    {
        using var overheard = new Overheard("rehears");

        await MoveRehearsal.RunAsync();

        Assert.Empty(overheard.Told);
    }
}
