using SmartClients.Http.Etcd;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using Xunit;

namespace SmartClients.Http.Tests.Etcd;

/// <summary>One real etcd.</summary>
public class EtcdNamesTests : EtcdTest
{
    [Fact]
    public async Task Servers_that_come_and_go_reach_the_director_and_no_request_fails()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await using var first = await Server.StartAsync(Server.Hello);
        await using var second = await Server.StartAsync(Server.Hello);
        await etcd.PutAsync(Prefix + first.Address, "", Cancel);
        await using var director = Direct(Quick, etcd);
        await using var calls = new SteadyCalls(director);
        await Until.TrueAsync(() => calls.AnswersOf(first.Address) > 10, "the first server answers");

        await etcd.PutAsync(Prefix + second.Address, $$"""{"address":"{{second.Address}}","zone":"b","weight":2.5}""", Cancel);
        await Until.TrueAsync(() => calls.AnswersOf(second.Address) > 10, "the second server answers");
        var told = director.Members.Single(member => member.Endpoint.Address == second.Address).Endpoint;
        Assert.Equal(("b", 2.5), (told.Zone, told.Weight));

        await etcd.DeleteAsync(Prefix + first.Address, Cancel);
        await MembersAsync(director, second.Address);
        await first.StopAsync();
        var before = calls.Answers;
        await Until.TrueAsync(() => calls.Answers > before + 10, "the calls go on");
        Assert.Empty(calls.Failures);
    }

    [Fact]
    public async Task While_etcd_is_dead_the_members_serve_and_when_it_is_back_its_changes_arrive()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await using var first = await Server.StartAsync(Server.Hello);
        await using var second = await Server.StartAsync(Server.Hello);
        await etcd.PutAsync(Prefix + first.Address, "", Cancel);
        await using var director = Direct(Quick, etcd);
        await using var calls = new SteadyCalls(director);
        await Until.TrueAsync(() => calls.Answers > 0, "somebody answers");

        await etcd.KillAsync(Cancel);
        var before = calls.Answers;
        await Until.TrueAsync(() => calls.Answers > before + 100, "the calls go on");
        await etcd.RestartAsync(Cancel);
        await etcd.PutAsync(Prefix + second.Address, "", Cancel);

        await MembersAsync(director, first.Address, second.Address);
        Assert.Empty(calls.Failures);
    }

    [Fact]
    public async Task An_etcd_that_has_lost_everything_takes_no_member_away_and_what_is_registered_anew_arrives()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        for (var i = 0; i < 5; i++) await etcd.PutAsync(Prefix + "127.0.0.1:1", $"\"127.0.0.1:1\"{new string(' ', i)}", Cancel);
        await using var director = Direct(Quick, etcd);
        await director.ReadyAsync(Cancel);

        await etcd.KillAsync(Cancel);
        await etcd.RestartAsync(Cancel, forgetful: true);
        await etcd.PutAsync(Prefix + "127.0.0.1:2", "", Cancel);

        await MembersAsync(director, "127.0.0.1:2");
    }

    [Fact]
    public async Task When_the_last_member_goes_the_known_ones_stay_and_the_emptiness_is_told_once()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        var source = new EtcdNames(Name(etcd), Quick);
        await using (var sets = source.WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel))
        {
            Assert.Equal("127.0.0.1:1", (await NextAsync(sets)).Endpoints.Single().Address);
            await etcd.DeleteAsync(Prefix + "127.0.0.1:1", Cancel);
            // Sets that were confirmed before the key was gone may come first.
            var error = await Assert.ThrowsAsync<EtcdException>(async () =>
            {
                while (true) Assert.Single((await NextAsync(sets)).Endpoints);
            });
            Assert.Contains("no server is registered under smartclients/quotes/", error.Message, StringComparison.Ordinal);
        }

        // Watched anew, it waits without another word.
        await using var again = source.WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel);
        var next = NextAsync(again);
        await etcd.PutAsync(Prefix + "127.0.0.1:2", "", Cancel);
        Assert.Equal("127.0.0.1:2", (await next).Endpoints.Single().Address);
    }

    [Fact]
    public async Task Who_registers_a_refused_address_is_no_member_unless_it_is_allowed()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        await etcd.PutAsync(Prefix + "169.254.169.254:80", "", Cancel);
        foreach (var (rules, members) in ((AddressRules?, int)[])[(null, 1), (AddressRules.AllowAll, 2)])
        {
            await using var sets = new EtcdNames(Name(etcd), Quick, rules).WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel);
            Assert.Equal(members, (await NextAsync(sets)).Endpoints.Length);
        }
    }

    [Fact]
    public async Task Members_that_etcd_confirms_are_told_anew_so_that_their_age_is_true()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        await using var sets = new EtcdNames(Name(etcd), Quick).WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel);

        for (var i = 0; i < 3; i++) Assert.Single((await NextAsync(sets)).Endpoints);
    }

    [Fact]
    public async Task Compacted_history_is_no_matter()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        using var held = new HeldWatch();
        // So long between two comparisons that only the watch can notice.
        await using var director = Direct(Quick with { Handler = held, CheckInterval = TimeSpan.FromHours(1) }, etcd);
        await director.ReadyAsync(Cancel);
        await held.Asked.WaitAsync(Cancel);

        await etcd.PutAsync(Prefix + "127.0.0.1:2", "", Cancel);
        await etcd.DeleteAsync(Prefix + "127.0.0.1:1", Cancel);
        await etcd.CompactAsync(Cancel);
        held.Release();

        await MembersAsync(director, "127.0.0.1:2");
        await etcd.PutAsync(Prefix + "127.0.0.1:3", "", Cancel);
        await MembersAsync(director, "127.0.0.1:2", "127.0.0.1:3");
    }

    [Fact]
    public async Task A_watch_that_hangs_without_a_word_is_noticed()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        using var held = new HeldWatch();
        await using var director = Direct(Quick with { Handler = held, NodeTimeout = TimeSpan.FromHours(1), Timeout = TimeSpan.FromHours(1) }, etcd);
        await director.ReadyAsync(Cancel);

        await etcd.PutAsync(Prefix + "127.0.0.1:2", "", Cancel);
        await MembersAsync(director, "127.0.0.1:1", "127.0.0.1:2");
        await etcd.DeleteAsync(Prefix + "127.0.0.1:1", Cancel);
        await MembersAsync(director, "127.0.0.1:2");
    }

    [Fact]
    public async Task A_hint_has_the_cluster_asked_soon()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        using var held = new HeldWatch();
        var patient = Quick with { Handler = held, NodeTimeout = TimeSpan.FromHours(1), Timeout = TimeSpan.FromHours(1), CheckInterval = TimeSpan.FromSeconds(30) };
        await using var director = Direct(patient, etcd);
        await director.ReadyAsync(Cancel);

        await etcd.PutAsync(Prefix + "127.0.0.1:2", "", Cancel);
        director.GroupChanged();

        await MembersAsync(director, "127.0.0.1:1", "127.0.0.1:2");
    }

    [Fact]
    public async Task What_cannot_be_read_keeps_nobody_else_out()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "{", Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:2", "\"127.0.0.1:9\"", Cancel);
        await etcd.PutAsync(Prefix + "nonsense", "", Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:3", "", Cancel);
        await etcd.PutAsync("smartclients/quotes-of-others/127.0.0.1:4", "", Cancel);
        await using var director = Direct(Quick, etcd);
        await director.ReadyAsync(Cancel);

        Assert.Equal(["127.0.0.1:3"], Addresses(director));
    }
}
