using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>JSON made of a sequence that can be read once is sent once; of anything else, as often as need be.</summary>
public class JsonBodyTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, object, string, int> Bodies => new()
    {
        { "asynchronous", Ids(), "[1,2]", 1 },
        { "lazy", Lazy(), "[1,2]", 1 },
        { "array", new[] { 1, 2 }, "[1,2]", 2 },
        { "set", ImmutableHashSet.Create(1), "[1]", 2 },
        { "string", "text", "\"text\"", 2 },
        { "object", new { id = 1 }, "{\"id\":1}", 2 },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task No_attempt_sends_a_shorter_body_than_the_first(string what, object value, string json, int attempts)
    {
        List<string> bodies = [];
        var network = new FakeNetwork(async (message, cancel) =>
        {
            // As a socket does it: written out, and not kept.
            using var sent = new MemoryStream();
            await message.Content!.CopyToAsync(sent, cancel);
            bodies.Add(System.Text.Encoding.UTF8.GetString(sent.ToArray()));
            return new HttpResponseMessage(bodies.Count == 1 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK) { RequestMessage = message };
        });
        await using var director = Director.For("list:a:1,b:2");
        using var client = new HttpClient(new SmartHandler(director, inner: network));
        using var response = await client.PutAsync(new Uri("service://quotes/"), JsonContent.Create(value, value.GetType()), Cancel);
        Assert.True(bodies.Count == attempts, $"{what}: {string.Join(" | ", bodies)}");
        Assert.All(bodies, body => Assert.Equal(json, body));
    }

    static async IAsyncEnumerable<int> Ids()
    {
        await Task.Yield();
        yield return 1;
        yield return 2;
    }

    static IEnumerable<int> Lazy()
    {
        yield return 1;
        yield return 2;
    }
}
