using SmartClients.Http.Tests.Support;
using SmartClients.Outcomes;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>What is thrown when there was no reply tells whoever retries further out how far the request got.</summary>
public class TranslationTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_that_may_have_been_carried_out_does_not_look_never_sent()
    {
        await using var director = Director.For("list:a:1", new DirectorOptions { AttemptTimeout = TimeSpan.FromMilliseconds(50) });
        var error = await FailAsync(director, (_, cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel));
        Assert.Equal(HttpRequestError.Unknown, error.HttpRequestError);
        Assert.Equal(Delivery.MayHaveExecuted, Classify.Exception(error).Delivery);
    }

    [Fact]
    public async Task The_last_refusal_does_not_hide_an_earlier_attempt_that_was_sent()
    {
        await using var director = Director.For("list:a:1,b:2", new DirectorOptions { Policy = "round-robin" });
        var first = true;
        var error = await FailAsync(director, (message, _) =>
        {
            var kind = first ? HttpRequestError.ResponseEnded : HttpRequestError.ConnectionError;
            first = false;
            throw new HttpRequestException(kind, "broken");
        }, HttpMethod.Put);
        Assert.Equal(HttpRequestError.Unknown, error.HttpRequestError);
        Assert.Equal(Delivery.MayHaveExecuted, Classify.Exception(error).Delivery);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    public async Task What_was_never_sent_says_so(HttpRequestError kind)
    {
        await using var director = Director.For("list:a:1,b:2");
        var error = await FailAsync(director, (_, _) => throw new HttpRequestException(kind, "x"));
        Assert.Equal(kind, error.HttpRequestError);
        Assert.Equal(Delivery.NeverSent, Classify.Exception(error).Delivery);
    }

    [Fact]
    public async Task A_group_that_cannot_be_learnt_is_a_name_that_leads_nowhere()
    {
        await using var director = Director.For("file:/no/such/file.json");
        var error = await FailAsync(director, (_, _) => Task.CompletedTask);
        Assert.Equal(HttpRequestError.NameResolutionError, error.HttpRequestError);
        Assert.Equal(UnavailableReason.NoMembers, Assert.IsType<ServiceUnavailableException>(error.InnerException).Reason);
    }

    static async Task<HttpRequestException> FailAsync(Director director, Func<HttpRequestMessage, CancellationToken, Task> fail, HttpMethod? method = null)
    {
        var network = new FakeNetwork(async (message, cancel) =>
        {
            await fail(message, cancel);
            return new HttpResponseMessage();
        });
        using var invoker = new HttpMessageInvoker(new SmartHandler(director, inner: network));
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, "service://quotes/") { Content = new StringContent("x") };
        return await Assert.ThrowsAsync<HttpRequestException>(() => invoker.SendAsync(request, Cancel));
    }
}
