using SmartClients.Http.Loads;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests.Loads;

public class ReplySignalsTests
{
    static HttpResponseMessage Reply(params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage();
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    [Fact]
    public void A_reply_that_says_nothing_costs_nothing()
    {
        using var bare = Reply();
        using var ordinary = Reply(("Server", "x"), ("Date", "Mon, 01 Jan 2024 00:00:00 GMT"), ("Cache-Control", "no-store"));
        Assert.Equal(default, ReplySignals.Read(bare));
        Assert.Equal(default, ReplySignals.Read(ordinary));
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 100; i++) ReplySignals.Read(ordinary); }));
    }

    [Fact]
    public void Everything_that_is_said_is_read()
    {
        using var reply = Reply((Wire.LoadMetrics, "TEXT cpu_utilization=0.5"), (Wire.ServiceState, " Leaving "), (Wire.ServiceGroup, "changed"));
        var (report, leaving, changed, _) = ReplySignals.Read(reply);
        Assert.Equal((new LoadReport { CpuUtilization = 0.5 }, true, true), (report, leaving, changed));
    }

    [Theory]
    [InlineData(Wire.LoadMetrics, "TEXT much")]
    [InlineData(Wire.LoadMetrics, "TEXT cpu_utilization=NaN")]
    [InlineData(Wire.ServiceState, "staying")]
    [InlineData(Wire.ServiceGroup, "")]
    public void What_makes_no_sense_is_not_believed(string name, string value)
    {
        using var reply = Reply((name, value));
        Assert.Equal(default, ReplySignals.Read(reply));
    }

    [Fact]
    public void Of_two_reports_the_first_counts()
    {
        using var reply = Reply((Wire.LoadMetrics, "TEXT eps=1"), (Wire.LoadMetrics, "TEXT eps=2"));
        Assert.Equal(1, ReplySignals.Read(reply).Report!.ErrorsPerSecond);
    }
}
