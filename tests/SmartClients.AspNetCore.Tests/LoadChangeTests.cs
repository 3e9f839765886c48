using SmartClients.Learning;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

public class LoadChangeTests
{
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(10, 11, true)]
    [InlineData(100, 109, false)]
    [InlineData(100, 110, true)]
    [InlineData(100, 0, true)]
    public void Requests_in_flight_count_by_their_share(double before, double after, bool noticeable) =>
        Assert.Equal(noticeable, LoadChange.IsNoticeable(new LoadReport { RequestsInFlight = before }, new LoadReport { RequestsInFlight = after }, 0.1));

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, 0.0, true)]
    [InlineData(0.5, 0.55, false)]
    [InlineData(0.5, 0.61, true)]
    [InlineData(0.5, 0.39, true)]
    public void Utilization_counts_by_its_difference(double? before, double? after, bool noticeable)
    {
        Assert.Equal(noticeable, LoadChange.IsNoticeable(new LoadReport { CpuUtilization = before }, new LoadReport { CpuUtilization = after }, 0.1));
        Assert.Equal(noticeable, LoadChange.IsNoticeable(new LoadReport { ApplicationUtilization = before }, new LoadReport { ApplicationUtilization = after }, 0.1));
    }
}
