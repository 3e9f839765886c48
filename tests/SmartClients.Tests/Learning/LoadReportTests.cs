using SmartClients.Learning;

namespace SmartClients.Tests.Learning;

public class LoadReportTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1)]
    [InlineData(-1e-300)]
    public void What_is_no_figure_is_missing(double value) => Assert.Equal(new LoadReport(), All(value));

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(1e308)]
    public void What_is_one_is_kept(double value)
    {
        var report = All(value);
        Assert.All([report.CpuUtilization, report.MemoryUtilization, report.ApplicationUtilization, report.RequestsPerSecond, report.ErrorsPerSecond,
            report.RequestsInFlight, report.Latency, report.RequestCost, report.Utilization], figure => Assert.Equal(value, figure));
        Assert.True(report.HasFigures);
    }

    static LoadReport All(double value) => new()
    {
        CpuUtilization = value,
        MemoryUtilization = value,
        ApplicationUtilization = value,
        RequestsPerSecond = value,
        ErrorsPerSecond = value,
        RequestsInFlight = value,
        Latency = value,
        RequestCost = value,
    };

    [Fact]
    public void The_applications_own_measure_goes_before_the_processors()
    {
        Assert.Equal(0.3, new LoadReport { ApplicationUtilization = 0.3, CpuUtilization = 0.9 }.Utilization);
        Assert.Equal(0.9, new LoadReport { CpuUtilization = 0.9 }.Utilization);
        Assert.Null(new LoadReport { MemoryUtilization = 1 }.Utilization);
        Assert.False(new LoadReport().HasFigures);
        Assert.True(new LoadReport { RequestCost = 1 }.HasFigures);
    }
}
