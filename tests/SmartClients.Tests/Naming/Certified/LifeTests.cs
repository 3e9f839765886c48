using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Naming.Certified;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Naming.Certified;

/// <summary>A certificate's life while a program runs: looked at again, replaced, ended.</summary>
public sealed class LifeTests : IDisposable
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(20);

    readonly ServiceWorld world = new();

    public void Dispose() => world.Dispose();

    Task Until(Func<bool> holds) => Real.Until(world.Time, Step, holds);

    [Fact]
    public async Task It_is_looked_at_again_after_a_tenth_of_its_life_and_not_before()
    {
        world.Directory.Publish(c => c with { Expires = c.Issued + TimeSpan.FromHours(2) });
        await using var director = world.Director();
        await world.SendAsync(director);
        Assert.Equal(1, world.Directory.Asked);
        // A twelve minutes' freshness, of which each client takes four fifths or more.
        world.Machines.Run(9 * 60);
        Assert.Equal(1, world.Directory.Asked);
        await Until(() => world.Directory.Asked == 2);
        Assert.InRange(world.Time.Now / 1e9, 9 * 60, 13 * 60);
    }

    [Fact]
    public async Task A_newer_one_replaces_the_members_and_no_request_fails_meanwhile()
    {
        world.Directory.Publish();
        await using var director = world.Director();
        await world.SendAsync(director);
        world.Directory.Publish(c => c with { Endpoints = [TestWorld.Address(2), TestWorld.Address(3)] });
        var failed = 0;
        await Until(() =>
        {
            var sent = director.SendAsync(world.Machines.Ask, null, CancellationToken.None).AsTask();
            world.Machines.Run(0.1);
            if (!sent.IsCompletedSuccessfully) failed++;
            return director.Members.Length == 2;
        });
        Assert.Equal(0, failed);
    }

    [Fact]
    public async Task One_that_is_swapped_while_it_is_asked_for_counts_from_the_next_look_on()
    {
        world.Directory.Publish();
        var swapping = new Swapping(world.Directory);
        world.Finders.Add(swapping);
        await using var director = world.Director();
        await world.SendAsync(director);
        // Whichever of the two was seen: from the next look on it is the newer one, and it stays.
        await Until(() => director.Members.Any(m => m.Endpoint == TestWorld.Address(2)));
        world.Machines.Run(7200);
        Assert.Equal(TestWorld.Address(2), Assert.Single(director.Members).Endpoint);
    }

    [Fact]
    public async Task A_reply_that_says_that_the_group_has_changed_has_it_looked_at_once_a_minute_at_most()
    {
        world.Directory.Publish();
        await using var director = world.Director();
        await world.SendAsync(director);
        director.GroupChanged();
        await Real.Until(() => world.Directory.Asked == 2);
        for (var i = 0; i < 20; i++)
        {
            director.GroupChanged();
            await Real.Until(() => world.Time.Armed > 0);
            world.Machines.Run(1);
        }
        Assert.Equal(2, world.Directory.Asked);
        await Until(() => world.Directory.Asked == 3);
    }

    [Fact]
    public async Task Ended_it_serves_no_more_with_a_clear_error_and_serves_again_once_it_is_renewed()
    {
        world.Directory.Publish(c => c with { Expires = c.Issued + TimeSpan.FromHours(1) });
        await using var director = world.Director();
        await world.SendAsync(director);
        world.Directory.Fault = new IOException("every directory is down");
        await Until(() => !director.IsReady);
        // The skew of two clocks is allowed for.
        Assert.InRange(world.Time.Now / 1e9, 3600 + 300, 3600 + 300 + 100);
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(() => world.SendAsync(director));
        Assert.Contains("ended at", error.Message, StringComparison.Ordinal);
        Assert.Contains("every directory is down", error.Message, StringComparison.Ordinal);
        Assert.Equal(CertificateFault.Expired, Assert.IsType<CertificateException>(error.InnerException).Fault);

        // A new process does no better: what was kept has ended, too.
        await using (var next = world.Director())
            Assert.Contains("ended at", (await Assert.ThrowsAsync<ServiceUnavailableException>(() => world.SendAsync(next))).Message, StringComparison.Ordinal);

        world.Directory.Fault = null;
        world.Directory.Publish(c => c with { Issued = world.Time.GetUtcNow(), Expires = world.Time.GetUtcNow() + TimeSpan.FromDays(1) });
        await Until(() => director.IsReady);
        await world.SendAsync(director);
    }

    [Fact]
    public async Task By_the_rule_use_it_serves_on_while_none_can_be_had_and_no_longer_than_it_says()
    {
        world.Directory.Publish(c => c with { Expires = c.Issued + TimeSpan.FromHours(1), UseStale = TimeSpan.FromHours(2) });
        await using var director = world.Director();
        await world.SendAsync(director);
        world.Directory.Fault = new IOException("every directory is down");
        await Until(() => world.Time.Now / 1e9 > 2.9 * 3600);
        await world.SendAsync(director);
        Assert.True(director.Membership.Age > TimeSpan.FromHours(2));
        await using (var next = world.Director()) await world.SendAsync(next);
        await Until(() => !director.IsReady);
        Assert.InRange(world.Time.Now / 1e9, 3 * 3600 + 300, 3 * 3600 + 300 + 100);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_breaks_nothing()
    {
        world.Machines.Run(3600 * 24);
        world.Directory.Publish(c => c with { Issued = world.Time.GetUtcNow(), Expires = world.Time.GetUtcNow() + TimeSpan.FromDays(10) });
        await using (var first = world.Director()) await world.SendAsync(first);
        // A day earlier, as the machine now believes: the kept certificate is of the future.
        using var earlier = new ServiceWorld();
        await earlier.State.UpdateAsync("service://quotes", _ => world.State.Read("service://quotes"), TestContext.Current.CancellationToken);
        earlier.Directory.Fault = new IOException("down");
        await using var director = earlier.Director();
        await earlier.SendAsync(director);
    }

    sealed class Swapping(Publisher publisher) : CertificateFinder
    {
        public override string Description => "swapping";

        public override async ValueTask<System.Collections.Immutable.ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel)
        {
            var before = publisher.Published!.Value;
            if (publisher.Next.Serial == 2) publisher.Publish(c => c with { Endpoints = [TestWorld.Address(2)] });
            await Task.Yield();
            return [new FoundCertificate(before, Description)];
        }
    }
}
