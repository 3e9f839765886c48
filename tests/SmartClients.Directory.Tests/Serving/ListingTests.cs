using SmartClients.Directories.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Serving;

/// <summary>The answers that are lists.</summary>
public sealed class ListingTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    [Fact]
    public async Task A_search_tells_what_is_needed_to_choose()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        var certificate = owner.Sign("quotes", 7, c => c with { Title = "Quotes <of> the day", Description = "Wise." });
        await directory.PutAsync(certificate);

        var result = (await directory.JsonAsync("/v1/services?q=wise&limit=5")).GetProperty("results")[0];

        Assert.Equal("quotes", result.GetProperty("name").GetString());
        Assert.Equal("Quotes <of> the day", result.GetProperty("title").GetString());
        Assert.Equal("Wise.", result.GetProperty("description").GetString());
        Assert.Equal(7, result.GetProperty("serial").GetInt64());
        Assert.Equal(certificate.Certificate.Expires.ToUnixTimeMilliseconds(), result.GetProperty("expires").GetDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Equal(owner.Key, result.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Changes_tell_the_store_and_its_end()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        await directory.PutAsync(owner.Sign("a"));
        await directory.PutAsync(owner.Sign("b"));

        var answer = await directory.JsonAsync("/v1/changes?after=1");

        Assert.Equal(directory.Store.Identity, answer.GetProperty("store").GetString());
        Assert.Equal(2, answer.GetProperty("last").GetInt64());
        Assert.Equal("b", Assert.Single(answer.GetProperty("changes").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Health_schema_and_conflicts_are_there()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);

        Assert.Equal("ok", (await directory.JsonAsync("/healthz")).GetProperty("status").GetString());
        Assert.Equal("Service certificate", (await directory.JsonAsync("/v1/schema")).GetProperty("title").GetString());
        Assert.Equal(0, (await directory.JsonAsync("/v1/conflicts")).GetProperty("conflicts").GetArrayLength());
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
