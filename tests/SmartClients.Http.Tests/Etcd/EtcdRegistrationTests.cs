using SmartClients.Http.Etcd;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using Xunit;

namespace SmartClients.Http.Tests.Etcd;

public class EtcdRegistrationTests : EtcdTest
{
    const string Key = Prefix + "10.0.0.1:80";

    static EtcdRegistration New(Testing.Etcd etcd, EtcdOptions? options = null) =>
        new("etcd:" + Name(etcd), new Endpoint("10.0.0.1", 80) { Zone = "a", Weight = 2 }, TimeSpan.FromSeconds(2), TimeProvider.System, options ?? Quick);

    [Fact]
    public async Task A_server_is_a_member_for_as_long_as_it_lives_and_not_a_moment_longer()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        using var counted = new CountedKeepAlives();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var registration = New(etcd, Quick with { Handler = counted });
        var running = registration.RunAsync(leaving.Token);
        await Until.TrueAsync(() => registration.IsRegistered, "it is registered");
        Assert.Equal("""{"address":"10.0.0.1:80","zone":"a","weight":2}""", await etcd.GetAsync(Key, Cancel));

        // Each keeps the lease for another two thirds of a second: the first one has ended by then.
        await Until.TrueAsync(() => counted.Seen > 5, "the lease is kept");
        Assert.NotNull(await etcd.GetAsync(Key, Cancel));

        await leaving.CancelAsync();
        await running;
        Assert.False(registration.IsRegistered);
        Assert.Null(await etcd.GetAsync(Key, Cancel));
    }

    [Fact]
    public async Task An_etcd_that_begins_anew_is_told_again()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var registration = New(etcd);
        var running = registration.RunAsync(leaving.Token);
        await Until.TrueAsync(() => registration.IsRegistered, "it is registered");

        await etcd.KillAsync(Cancel);
        await Until.TrueAsync(() => registration.Trouble is not null, "the trouble is noticed");
        Assert.Contains(etcd.Address, registration.Trouble!.Message, StringComparison.Ordinal);
        await etcd.RestartAsync(Cancel, forgetful: true);

        await etcd.ThereAsync(Key, Cancel);
        await Until.TrueAsync(() => registration is { IsRegistered: true, Trouble: null }, "the trouble is over");
        await leaving.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_key_that_somebody_deleted_is_put_again()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var registration = New(etcd);
        var running = registration.RunAsync(leaving.Token);
        await etcd.ThereAsync(Key, Cancel);

        await etcd.DeleteAsync(Key, Cancel);

        await etcd.ThereAsync(Key, Cancel);
        await leaving.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_server_that_leaves_while_etcd_is_dead_does_not_wait_for_it()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var registration = New(etcd);
        var running = registration.RunAsync(leaving.Token);
        await Until.TrueAsync(() => registration.IsRegistered, "it is registered");
        await etcd.KillAsync(Cancel);

        await leaving.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancel);

        Assert.NotNull(registration.Trouble);
    }

    [Theory]
    [InlineData("list:a:80", "'list:a:80' is no place to register")]
    [InlineData("etcd:quotes", "where etcd is")]
    [InlineData("etcd:quotes@", "where etcd is")]
    [InlineData("etcd:quotes@a:b", "'b' in 'a:b' is not a port")]
    [InlineData("etcd:a_b@c", "'a_b' in 'a_b' is not a service's name")]
    public void A_name_that_is_no_place_is_refused(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => EtcdRegistration.CheckName(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_is_read_with_its_usual_port() => Assert.Equal("etcd:quotes@a:2379,b:1", EtcdRegistration.CheckName("etcd:Quotes@a,b:1"));

    sealed class CountedKeepAlives : DelegatingHandler
    {
        int seen;

        public CountedKeepAlives() => InnerHandler = new SocketsHttpHandler { UseProxy = false };

        public int Seen => Volatile.Read(ref seen);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath == "/v3/lease/keepalive") Interlocked.Increment(ref seen);
            return response;
        }
    }
}
