using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>Only safe methods run beside themselves; PUT and DELETE are repeated one after another.</summary>
public class HedgedMethodsTests
{
    [Theory]
    [InlineData("GET", true, true)]
    [InlineData("HEAD", true, true)]
    [InlineData("OPTIONS", true, true)]
    [InlineData("TRACE", true, true)]
    [InlineData("PUT", true, false)]
    [InlineData("DELETE", true, false)]
    [InlineData("POST", false, false)]
    public void By_method(string method, bool repeatable, bool hedged)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "service://quotes/");
        var options = Repeatability.Of(request, default, new SmartHandlerOptions());
        Assert.Equal((repeatable, hedged), (options.Repeatable, options.Hedge));
    }
}
