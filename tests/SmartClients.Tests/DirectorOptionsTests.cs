using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

public class DirectorOptionsTests
{
    static readonly DirectorOptions Good = new();

    public static TheoryData<string, DirectorOptions> Bad => new()
    {
        { nameof(Good.Timeout), Good with { Timeout = TimeSpan.Zero } },
        { nameof(Good.AttemptTimeout), Good with { AttemptTimeout = TimeSpan.FromSeconds(-5) } },
        { nameof(Good.EjectionTime), Good with { EjectionTime = TimeSpan.Zero } },
        { nameof(Good.MaxEjectionTime), Good with { MaxEjectionTime = TimeSpan.Zero } },
        { nameof(Good.Silence), Good with { Silence = TimeSpan.FromSeconds(-1) } },
        { nameof(Good.LeavingTime), Good with { LeavingTime = TimeSpan.Zero } },
        { nameof(Good.LatencyDecay), Good with { LatencyDecay = TimeSpan.Zero } },
        { nameof(Good.ReportDecay), Good with { ReportDecay = TimeSpan.Zero } },
        { nameof(Good.KeepAliveInterval), Good with { KeepAliveInterval = TimeSpan.Zero } },
        { nameof(Good.KeepAliveTimeout), Good with { KeepAliveTimeout = TimeSpan.Zero } },
        { nameof(Good.FirstMembers), Good with { FirstMembers = TimeSpan.Zero } },
        { nameof(Good.SourceRetry), Good with { SourceRetry = TimeSpan.Zero } },
        { nameof(Good.HedgeAtFirst), Good with { HedgeAtFirst = TimeSpan.Zero } },
        { nameof(Good.SatisfactoryLatency), Good with { SatisfactoryLatency = TimeSpan.FromSeconds(-1) } },
        { nameof(Good.HedgeFloor), Good with { HedgeFloor = TimeSpan.FromDays(1) } },
        { nameof(Good.SlowStart), Good with { SlowStart = TimeSpan.FromSeconds(-1) } },
        { nameof(Good.MaxAttempts), Good with { MaxAttempts = 0 } },
        { nameof(Good.SameAnswers), Good with { SameAnswers = 0 } },
        { nameof(Good.FailuresToEject), Good with { FailuresToEject = 0 } },
        { nameof(Good.SuccessRateSamples), Good with { SuccessRateSamples = 0 } },
        { nameof(Good.RetryShare), Good with { RetryShare = double.NaN } },
        { nameof(Good.RetriesPerSecond), Good with { RetriesPerSecond = -1 } },
        { nameof(Good.HedgePercentile), Good with { HedgePercentile = 1 } },
        { nameof(Good.HedgeShare), Good with { HedgeShare = 1.5 } },
        { nameof(Good.HedgesPerSecond), Good with { HedgesPerSecond = double.PositiveInfinity } },
        { nameof(Good.SuccessRateToEject), Good with { SuccessRateToEject = -0.1 } },
        { nameof(Good.MaxOut), Good with { MaxOut = 1.1 } },
        { nameof(Good.FailureCost), Good with { FailureCost = 0 } },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_is_told_by_name_in_one_line(string name, DirectorOptions options)
    {
        var error = Assert.Throws<ArgumentException>(options.Validate);
        Assert.StartsWith(name + " is ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Throws<ArgumentException>(() => new Director("test", new SmartClients.Naming.StaticNames(TestWorld.Address(1)), options));
    }

    [Fact]
    public void Every_number_and_duration_has_its_row_above()
    {
        var rows = Bad.Select(row => row.Data.Item1).ToHashSet();
        var numbers = typeof(DirectorOptions).GetProperties()
            .Where(p => p.PropertyType == typeof(TimeSpan) || p.PropertyType == typeof(double) || p.PropertyType == typeof(int)).Select(p => p.Name);
        Assert.Empty(numbers.Except(rows));
    }

    [Fact]
    public void The_defaults_are_good() => Good.Validate();

    [Fact]
    public void Without_end_is_good() => (Good with { Timeout = Timeout.InfiniteTimeSpan, AttemptTimeout = Timeout.InfiniteTimeSpan }).Validate();

    [Fact]
    public void The_longest_duration_there_is_means_for_ever_not_at_once()
    {
        var world = new TestWorld(1);
        var director = world.Director(o => o with { Timeout = TimeSpan.MaxValue, AttemptTimeout = TimeSpan.MaxValue });
        Assert.Equal(world[0].Endpoint.Address, world.Send(director));
    }

    [Fact]
    public void An_unknown_policy_is_told_with_those_there_are()
    {
        var error = Assert.Throws<ArgumentException>((Good with { Policy = "best" }).Validate);
        Assert.Contains("'best'", error.Message, StringComparison.Ordinal);
        Assert.All(Policies.Names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }
}
