using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartClients.AspNetCore;
using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests;

public sealed class LeavingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/gossip?after=0&seen=0")]
    [InlineData("/members.json")]
    [InlineData("/healthz")]
    public async Task Who_only_asks_how_it_is_does_not_keep_a_server_that_leaves(string path)
    {
        await using var server = await RunningChat.StartAsync(folder.Path, services: services => services
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromHours(2))
            .Configure<DrainOptions>(drain => (drain.Period, drain.Quiet) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(1))));
        var asking = AskAsync(server, path);
        await server.StopAsync().WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.True(await asking > 1);
    }

    // Again and again, until nobody answers.
    static async Task<int> AskAsync(RunningChat server, string path)
    {
        for (var asked = 0; ; asked++)
        {
            try
            {
                using var response = await server.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            }
            catch (HttpRequestException)
            {
                return asked;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }

    public void Dispose() => folder.Dispose();
}
