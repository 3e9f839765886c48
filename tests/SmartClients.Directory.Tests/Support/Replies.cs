using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace SmartClients.Directories.Tests.Support;

/// <summary>What an answer must be.</summary>
internal static class Replies
{
    /// <summary>A refusal: its status, and one line that holds a text.</summary>
    public static async Task IsRefusedAsync(this Task<HttpResponseMessage> reply, HttpStatusCode status, string text, string? fault = null)
    {
        using var response = await reply;
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Contains(text, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.GetProperty("detail").GetString()!);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        if (fault is not null) Assert.Equal(fault, problem.GetProperty("fault").GetString());
    }

    /// <summary>An acknowledgement: its status, and what became of the publication.</summary>
    public static async Task IsAcceptedAsync(this Task<HttpResponseMessage> reply, HttpStatusCode status, string outcome)
    {
        using var response = await reply;
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {body}");
        Assert.Equal(outcome, JsonDocument.Parse(body).RootElement.GetProperty("outcome").GetString());
    }
}
