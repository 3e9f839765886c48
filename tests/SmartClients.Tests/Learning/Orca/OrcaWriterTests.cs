using System.Text;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using Xunit;

namespace SmartClients.Tests.Learning.Orca;

public class OrcaWriterTests
{
    static readonly LoadReport Some = new() { CpuUtilization = 0.3, RequestsInFlight = 12, Latency = 8.5, RequestCost = 1.5 };

    [Fact]
    public void Each_form_is_written_as_other_readers_expect_it()
    {
        Assert.Equal("TEXT cpu_utilization=0.3, named_metrics.requests_in_flight=12, named_metrics.latency_ms=8.5, request_cost.request=1.5", OrcaWriter.Format(Some));
        Assert.Equal(
            """JSON {"cpu_utilization":0.3,"named_metrics":{"requests_in_flight":12,"latency_ms":8.5},"request_cost":{"request":1.5}}""",
            OrcaWriter.Format(Some, OrcaForm.Json));
        Assert.Equal("BIN CTMzMzMzM9M/", OrcaWriter.Format(new LoadReport { CpuUtilization = 0.3 }, OrcaForm.Binary));
    }

    [Fact]
    public void An_empty_report_is_no_header()
    {
        Assert.Equal("", OrcaWriter.Format(new LoadReport()));
        Assert.Equal("{}", Encoding.UTF8.GetString(OrcaWriter.Json(new LoadReport())));
        Assert.Empty(OrcaWriter.Binary(new LoadReport()));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e9)]
    public void Figures_that_nobody_would_believe_are_not_written(double figure)
    {
        var report = new LoadReport { ApplicationUtilization = figure, ErrorsPerSecond = 1 };
        Assert.Equal("TEXT eps=1", OrcaWriter.Format(report));
        Assert.Equal("""JSON {"eps":1}""", OrcaWriter.Format(report, OrcaForm.Json));
        Assert.Equal(9, OrcaWriter.Binary(report).Length);
    }

    [Fact]
    public void The_longest_figures_fit()
    {
        const double longest = 1.2345678901234567E-300;
        var report = new LoadReport
        {
            CpuUtilization = longest,
            MemoryUtilization = longest,
            ApplicationUtilization = longest,
            RequestsPerSecond = longest,
            ErrorsPerSecond = longest,
            RequestsInFlight = longest,
            Latency = longest,
            RequestCost = longest,
        };
        foreach (var form in Enum.GetValues<OrcaForm>())
        {
            Assert.True(OrcaReader.TryParse(OrcaWriter.Format(report, form), out var back));
            Assert.Equal(report, back);
        }
    }
}
