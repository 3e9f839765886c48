using System.Net;
using System.Net.Sockets;
using SmartClients.Naming;
using SmartClients.Testing;
using Xunit;
using static SmartClients.Kubernetes.Tests.RecordedSlice;

namespace SmartClients.Kubernetes.Tests;

/// <summary>Against the API server of <see cref="RecordedCluster"/>.</summary>
public class KubernetesNamesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Director Direct(RecordedCluster cluster, string name = "quotes.shop", KubernetesOptions? options = null) => new(
        "quotes", Names.Core.WithKubernetes(options ?? cluster.Options).Open("k8s:" + name),
        new DirectorOptions { SourceRetry = TimeSpan.FromMilliseconds(100), FirstMembers = TimeSpan.FromSeconds(30) });

    static Task MembersAsync(Director director, params string[] expected) =>
        Poll.UntilAsync(() => director.Members.Select(member => member.Endpoint.Address).Order().SequenceEqual(expected.Order()), Cancel);

    static Task WatchedAsync(RecordedCluster cluster, int times = 1) => Poll.UntilAsync(() => cluster.Watches.Count >= times, Cancel);

    [Fact]
    public async Task Pods_are_members_with_what_their_slices_say_of_them()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Put(Of("quotes-abc", [Pod("10.0.1.7"), Pod("10.0.2.8", zone: "eu-central-1b")]));
        cluster.Put(Of("quotes-def", [Pod("10.0.3.9")], [Port("http", 9090)]));
        await using var director = Direct(cluster);
        await director.ReadyAsync(Cancel);

        await MembersAsync(director, "10.0.1.7:8080", "10.0.2.8:8080", "10.0.3.9:9090");
        var member = director.Members.Single(m => m.Endpoint.Host == "10.0.2.8").Endpoint;
        Assert.Equal(("eu-central-1b", "quotes-10.0.2.8", "ip-10-0-1-7.ec2.internal"), (member.Zone, member.Metadata["pod"], member.Metadata["node"]));
        Assert.Equal("k8s:quotes.shop", director.Membership.Source);
    }

    [Fact]
    public async Task Pods_that_come_and_go_reach_the_director_and_no_request_fails()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        using var first = Listener();
        using var second = Listener();
        cluster.Put(Of("quotes-abc", [Pod("127.0.0.1")], [Port("http", PortOf(first))]));
        await using var director = Direct(cluster);
        var (calls, stop) = (new List<int>(), false);
        var calling = Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                var port = await director.SendAsync(ConnectAsync, RequestOptions.Once, Cancel);
                lock (calls) calls.Add(port);
            }
        }, Cancel);
        await AnsweredAsync(calls, PortOf(first), calling);

        cluster.Put(Of("quotes-def", [Pod("127.0.0.1")], [Port("http", PortOf(second))]));
        await AnsweredAsync(calls, PortOf(second), calling);
        cluster.Delete("quotes-abc");
        await MembersAsync(director, $"127.0.0.1:{PortOf(second)}");
        first.Stop();
        var before = calls.Count;
        await Poll.UntilAsync(() => calls.Count > before + 10 || calling.IsFaulted, Cancel);
        Volatile.Write(ref stop, true);
        await calling;
    }

    [Fact]
    public async Task Only_pods_that_are_ready_are_members_until_none_is()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1"), Pod("10.0.0.2", ready: false, serving: false), Pod("10.0.0.3", ready: false, serving: true, terminating: true)]));
        // What is left out is so.
        cluster.Put(Of("quotes-def", [Pod("10.0.0.4", ready: null, serving: null, terminating: null)]));
        await using var director = Direct(cluster);
        await director.ReadyAsync(Cancel);
        await MembersAsync(director, "10.0.0.1:8080", "10.0.0.4:8080");
        await WatchedAsync(cluster);

        cluster.Delete("quotes-def");
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1", ready: false, serving: false), Pod("10.0.0.3", ready: false, serving: true, terminating: true)]));

        await MembersAsync(director, "10.0.0.3:8080");
    }

    [Fact]
    public async Task Without_a_pod_the_known_ones_stay_and_it_is_told_once()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));
        var source = new KubernetesNames("quotes.shop", cluster.Options);
        await using (var sets = source.WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel))
        {
            Assert.True(await sets.MoveNextAsync());
            cluster.Put(Of("quotes-abc", []));
            var error = await Assert.ThrowsAsync<ClusterException>(async () =>
            {
                while (await sets.MoveNextAsync()) Assert.Single(sets.Current.Endpoints);
            });
            Assert.Contains("no pod of the service is ready", error.Message, StringComparison.Ordinal);
        }

        await using var again = source.WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel);
        var (before, next) = (cluster.Watches.Count, again.MoveNextAsync().AsTask());
        await WatchedAsync(cluster, before + 1);
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.2")]));
        Assert.True(await next);
        Assert.Equal("10.0.0.2:8080", again.Current.Endpoints.Single().Address);
    }

    [Fact]
    public async Task A_watch_goes_on_from_the_last_bookmark()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));
        await using var director = Direct(cluster);
        await director.ReadyAsync(Cancel);
        await WatchedAsync(cluster);

        var version = cluster.Bookmark();

        await Poll.UntilAsync(() => cluster.Watches.Contains(version), Cancel);
        Assert.Equal(1, cluster.Lists);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_version_that_the_server_has_forgotten_has_everything_read_anew(bool byStatus)
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.TellsGoneByStatus = byStatus;
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));
        cluster.Put(Of("quotes-def", [Pod("10.0.0.2")]));
        await using var director = Direct(cluster);
        await director.ReadyAsync(Cancel);
        await WatchedAsync(cluster);

        cluster.IsMute = true;
        cluster.Delete("quotes-def");
        cluster.Put(Of("quotes-ghi", [Pod("10.0.0.3")]));
        cluster.Forget();
        cluster.IsMute = false;
        cluster.Disconnect();

        await MembersAsync(director, "10.0.0.1:8080", "10.0.0.3:8080");
        Assert.Equal(2, cluster.Lists);
    }

    [Fact]
    public async Task A_watch_that_breaks_goes_on_where_it_broke()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));
        await using var director = Direct(cluster);
        await director.ReadyAsync(Cancel);
        for (var i = 2; i < 5; i++)
        {
            await WatchedAsync(cluster, i - 1);
            cluster.IsMute = true;
            cluster.Put(Of("quotes-abc", [Pod($"10.0.0.{i}")]));
            cluster.IsMute = false;
            cluster.Disconnect();
            await MembersAsync(director, $"10.0.0.{i}:8080");
        }
        Assert.Equal(1, cluster.Lists);
    }

    [Fact]
    public async Task A_watch_that_hangs_is_begun_anew_at_a_hint()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));
        cluster.IsMute = true;
        await using var director = Direct(cluster);
        await director.ReadyAsync(Cancel);
        await WatchedAsync(cluster);
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.2")]));
        cluster.IsMute = false;

        await Poll.UntilAsync(() =>
        {
            director.GroupChanged();
            return director.HasMember("10.0.0.2:8080");
        }, Cancel);
    }

    [Fact]
    public async Task An_API_server_that_dies_takes_no_member_away_and_its_successor_is_asked_anew()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));
        await using var director = Direct(cluster);
        await director.ReadyAsync(Cancel);
        await WatchedAsync(cluster);

        cluster.Instead = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        cluster.Disconnect();
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.2")]));
        Assert.Equal(["10.0.0.1:8080"], director.Members.Select(member => member.Endpoint.Address));
        cluster.Instead = null;

        await MembersAsync(director, "10.0.0.2:8080");
    }

    [Fact]
    public async Task A_kubeconfig_says_where_the_cluster_is_and_who_asks()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));
        var options = new KubernetesOptions { KubeConfig = cluster.Options.KubeConfig, Context = "here" };
        await using var director = Direct(cluster, options: options);
        await director.ReadyAsync(Cancel);

        await MembersAsync(director, "10.0.0.1:8080");
    }

    static TcpListener Listener()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(512);
        _ = AcceptAsync(listener);
        return listener;
    }

    // Connections that nobody takes fill the queue, and then none comes through.
    static async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) (await listener.AcceptTcpClientAsync()).Dispose();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It has been stopped.
        }
    }

    static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    static async ValueTask<int> ConnectAsync(Endpoint endpoint, CancellationToken cancel)
    {
        using var socket = new TcpClient();
        // No trace of the connection is left behind, of which there are many.
        socket.LingerState = new LingerOption(true, 0);
        await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancel);
        return endpoint.Port;
    }

    static Task AnsweredAsync(List<int> calls, int port, Task calling) => Poll.UntilAsync(() =>
    {
        lock (calls) return calls.Contains(port) || calling.IsFaulted;
    }, Cancel);
}
