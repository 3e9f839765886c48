using System.Collections.Immutable;
using System.Net;
using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Naming.Certified;

/// <summary>Where the members behind a certificate are learnt, and which are taken.</summary>
public sealed class MembersTests : IDisposable
{
    readonly ServiceWorld world = new(4);

    public void Dispose() => world.Dispose();

    static MemberSet Set(params string[] members) => new([.. members.Select(m => Endpoint.Parse(m))], "script");

    Task UntilAsync(Director director, params int[] machines) => Real.Until(world.Time, TimeSpan.FromMilliseconds(100),
        () => director.Members.Select(m => m.Endpoint).SequenceEqual(machines.Select(i => world.Machines[i].Endpoint)));

    [Fact]
    public async Task The_endpoints_serve_until_a_source_answers()
    {
        world.Directory.Publish(c => c with { Sources = ["script:0"] });
        await using var director = world.Director();
        Assert.Equal(TestWorld.Address(1).Address, await world.SendAsync(director));
        world.Source().Tell(world.Machines.Members(1, 2));
        await UntilAsync(director, 1, 2);
    }

    [Fact]
    public async Task The_preferred_source_wins_the_next_one_stands_in_and_the_preferred_one_comes_back()
    {
        world.Directory.Publish(c => c with { Sources = ["script:0", "script:1"] });
        world.Source(0).Tell(world.Machines.Members(1));
        await using var director = world.Director();
        await world.SendAsync(director);
        await UntilAsync(director, 1);
        Assert.Equal(0, world.Source(1).Watches);

        world.Source(1).Tell(world.Machines.Members(2));
        world.Source(0).Fail(new IOException("down"));
        await UntilAsync(director, 2);
        world.Source(0).Tell(world.Machines.Members(3));
        await UntilAsync(director, 3);
        world.Source(1).Tell(world.Machines.Members(1));
        world.Machines.Run(60);
        await UntilAsync(director, 3);
    }

    [Fact]
    public async Task A_source_that_says_nothing_is_not_waited_for()
    {
        world.Directory.Publish(c => c with { Sources = ["script:0", "script:1"], Endpoints = [] });
        world.Source(1).Tell(world.Machines.Members(2));
        await using var director = world.Director();
        Assert.Equal(TestWorld.Address(3).Address, await world.SendAsync(director));
        world.Source(0).Tell(world.Machines.Members(1));
        await UntilAsync(director, 1);
    }

    [Fact]
    public async Task When_every_source_fails_the_members_known_serve_on_and_without_any_each_reason_is_told()
    {
        world.Directory.Publish(c => c with { Sources = ["script:0", "script:1"], Endpoints = [] });
        world.Source(0).Fail(new IOException("the first is down"));
        world.Source(1).Fail(new IOException("the second is down"));
        await using var director = world.Director();
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(() => world.SendAsync(director));
        Assert.Contains("the first is down", error.Message, StringComparison.Ordinal);
        Assert.Contains("the second is down", error.Message, StringComparison.Ordinal);
        world.Source(1).Tell(world.Machines.Members(2));
        await UntilAsync(director, 2);
        world.Source(1).Fail(new IOException("down again"));
        world.Machines.Run(60);
        await world.SendAsync(director);
        await UntilAsync(director, 2);
    }

    [Fact]
    public async Task A_form_that_is_unknown_here_is_left_out()
    {
        world.Directory.Publish(c => c with { Sources = ["zookeeper:quotes", "script:0"] });
        world.Source().Tell(world.Machines.Members(1));
        await using var director = world.Director();
        await world.SendAsync(director);
        await UntilAsync(director, 1);
        Assert.Contains(world.Warnings, w => w.Contains("zookeeper", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("169.254.169.254:80", "metadata")]
    [InlineData("[fe80::1]:80", "link-local")]
    [InlineData("0.0.0.0:80", "unspecified")]
    [InlineData("224.0.0.1:80", "multicast")]
    public async Task A_set_with_an_address_that_no_replica_has_is_refused_whole(string address, string why)
    {
        world.Directory.Publish(c => c with { Sources = ["script:0"] });
        await using var director = world.Director();
        await world.SendAsync(director);
        world.Source().Tell(Set("10.0.0.2:80", address));
        await Real.Until(() => world.Warnings.Any(w => w.Contains(why, StringComparison.Ordinal)));
        await UntilAsync(director, 0);
        // A set that is told to a watch that is about to end is told to nobody.
        await Real.Until(world.Time, TimeSpan.FromMilliseconds(100), () => world.Source().Watches > 1);
        world.Source().Tell(world.Machines.Members(1));
        await UntilAsync(director, 1);
    }

    [Fact]
    public async Task What_is_allowed_is_taken()
    {
        world.Addresses = new AddressRules { Allowed = [IPNetwork.Parse("169.254.7.0/24")] };
        world.Directory.Publish(c => c with { Sources = ["script:0"] });
        await using var director = world.Director();
        await world.SendAsync(director);
        world.Source().Tell(Set("169.254.7.1:80"));
        await Real.Until(() => director.Members.Any(m => m.Endpoint.Address == "169.254.7.1:80"));
    }

    [Fact]
    public async Task Endpoints_of_the_certificate_itself_keep_to_the_rules()
    {
        world.Directory.Publish(c => c with { Endpoints = [Endpoint.Parse("169.254.169.254:80")] });
        await using var director = world.Director();
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(() => world.SendAsync(director));
        Assert.Contains("names no endpoint that may be used", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(1_000_000, null)]
    [InlineData(2, 1)]
    public async Task More_members_than_the_certificate_allows_are_refused_whole(int count, int? limit)
    {
        world.Directory.Publish(c => c with { Sources = ["script:0"], Limits = c.Limits with { Members = limit ?? 2 } });
        await using var director = world.Director();
        await world.SendAsync(director);
        var many = ImmutableArray.CreateBuilder<Endpoint>(count);
        for (var i = 0; i < count; i++) many.Add(TestWorld.Address(1 + i % 60_000));
        world.Source().Tell(new MemberSet(many.MoveToImmutable(), "script"));
        await Real.Until(() => world.Warnings.Any(w => w.Contains("members, and the certificate allows", StringComparison.Ordinal)));
        Assert.Single(director.Members);
    }

    [Fact]
    public async Task An_empty_set_is_refused()
    {
        world.Directory.Publish(c => c with { Sources = ["script:0"] });
        await using var director = world.Director();
        await world.SendAsync(director);
        world.Source().Tell(new MemberSet([], "script"));
        await Real.Until(() => world.Warnings.Any(w => w.Contains("names no member", StringComparison.Ordinal)));
        await UntilAsync(director, 0);
    }

    [Fact]
    public async Task A_reply_names_no_members_where_a_certificate_says_whom_to_believe()
    {
        world.Directory.Publish(c => c with { Sources = ["script:0"] });
        world.Source().Tell(world.Machines.Members(0));
        await using var director = world.Director(tweak: o => o with { MembersFromReplies = true });
        await world.SendAsync(director);
        director.GroupChanged(world.Machines.Members(3));
        world.Machines.Run(10);
        await UntilAsync(director, 0);
        await Real.Until(() => world.Source().Nudges > 0);
    }
}
