using System.Text;
using Microsoft.AspNetCore.Http;
using SmartClients.Http.Documents;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests.Documents;

public sealed class WebFinderTests
{
    readonly WebFinder finder = new(new HttpMessageInvoker(GuardedHandler.New()), new DocumentOptions { Timeout = TimeSpan.FromSeconds(1) });

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<string?> FindAsync(string name)
    {
        var found = await finder.FindAsync(ServiceName.Parse(name), TimeProvider.System, Cancel);
        return found.IsEmpty ? null : Encoding.UTF8.GetString(Assert.Single(found).Document.Span);
    }

    [Fact]
    public async Task A_file_on_nginx_is_found_and_sent_again_only_when_it_has_changed()
    {
        await using var web = await Nginx.StartAsync(Cancel);
        var name = $"http://{web.Address}/quotes.jws";
        Assert.Null(await FindAsync(name));
        web.Serve("quotes.jws", "one");
        Assert.Equal("one", await FindAsync(name));
        Assert.Equal("one", await FindAsync(name));
        Assert.Contains("\" 304 ", web.Log[^1], StringComparison.Ordinal);
        web.Serve("quotes.jws", "another");
        Assert.Equal("another", await FindAsync(name));
        await web.KillAsync(Cancel);
        await Assert.ThrowsAsync<IOException>(() => FindAsync(name));
    }

    [Fact]
    public async Task Names_of_other_forms_are_not_looked_for() => Assert.Null(await FindAsync("service://quotes"));

    [Fact]
    public async Task Too_much_or_too_slow_is_refused()
    {
        await using var server = await Server.StartAsync(async context =>
        {
            if (context.Request.Path == "/large.jws")
            {
                await context.Response.Body.WriteAsync(new byte[SignedCertificate.MostBytes + 1], context.RequestAborted);
                return;
            }
            await context.Response.WriteAsync("{", context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        Assert.Contains("is larger than 256 KiB", (await Assert.ThrowsAsync<IOException>(() => FindAsync($"http://{server.Address}/large.jws"))).Message, StringComparison.Ordinal);
        Assert.Contains("within 1 s", (await Assert.ThrowsAsync<IOException>(() => FindAsync($"http://{server.Address}/slow.jws"))).Message, StringComparison.Ordinal);
    }
}
