using Microsoft.Extensions.Time.Testing;
using SmartClients.Learning;
using SmartClients.Naming;
using SmartClients.Picking;
using Xunit;

namespace SmartClients.Terminals.Tests.Loads;

public class KnownFirstTests
{
    // A director counts nanoseconds, of which there are too many since the usual beginning.
    readonly FakeTimeProvider time = new(DateTimeOffset.MinValue);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Director Machines(string policy, params IEnumerable<string> addresses) =>
        new("machines", new StaticNames(addresses.Select(address => Endpoint.Parse(address))), new DirectorOptions { Time = time, Random = new Random(7), Policy = policy }.ForTerminals(), TerminalOptions.PolicyOf(policy));

    static void Tell(Director director, string address, double load) =>
        director.Report(address, new LoadReport { CpuUtilization = load }, ReportSource.Polled);

    static async Task<HashSet<string>> PicksAsync(Director director)
    {
        var picked = new HashSet<string>();
        for (var i = 0; i < 40; i++)
            picked.Add(await director.SendAsync((endpoint, _) => ValueTask.FromResult(endpoint.Address), new RequestOptions(), Cancel));
        return picked;
    }

    public static TheoryData<string> Names => [.. Policies.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_machine_of_unknown_load_is_never_better_than_an_overloaded_one(string policy)
    {
        await using var director = Machines(policy, "silent:22", "busy:22");
        await director.ReadyAsync(Cancel);
        Tell(director, "busy:22", 1.755);

        Assert.Equal(["busy:22"], await PicksAsync(director));
    }

    [Fact]
    public async Task Who_told_a_low_load_long_ago_and_is_silent_now_comes_after_who_told_now_and_before_who_never_did()
    {
        await using var director = Machines(TerminalOptions.Policy, "never:22", "once:22", "now:22");
        await director.ReadyAsync(Cancel);
        Tell(director, "once:22", 0.01);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["once:22"], await PicksAsync(director));

        Tell(director, "now:22", 3);

        Assert.Equal(["now:22"], await PicksAsync(director));
    }

    [Fact]
    public async Task The_least_loaded_of_those_that_told_it_is_picked_and_of_none_that_did_anybody()
    {
        await using var director = Machines(TerminalOptions.Policy, "silent:22", "busy:22", "idle:22");
        await director.ReadyAsync(Cancel);
        Assert.Equal(3, (await PicksAsync(director)).Count);
        Tell(director, "busy:22", 0.9);
        Tell(director, "idle:22", 0.2);

        Assert.Equal(["idle:22"], await PicksAsync(director));
    }
}
