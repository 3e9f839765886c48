using Microsoft.AspNetCore.Http;
using Xunit;
using static SmartClients.Kubernetes.Tests.RecordedSlice;

namespace SmartClients.Kubernetes.Tests;

/// <summary>What a cluster may answer instead: one clear error each.</summary>
public class BadClusterTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<ClusterException> ErrorAsync(RecordedCluster cluster, KubernetesOptions? options = null) =>
        await Assert.ThrowsAsync<ClusterException>(async () =>
        {
            await foreach (var _ in new KubernetesNames("quotes.shop", options ?? cluster.Options).WatchAsync(TimeProvider.System, Cancel)) { }
        });

    [Fact]
    public async Task Whoever_may_not_ask_is_told_what_the_server_says()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        var stranger = cluster.OptionsOf("{ token: another }");
        Assert.Equal("k8s:quotes.shop: the API server answers 401: Unauthorized", (await ErrorAsync(cluster, stranger)).Message);

        const string Forbidden = "endpointslices.discovery.k8s.io is forbidden: User \"system:serviceaccount:shop:default\" cannot list resource \"endpointslices\"";
        cluster.Instead = context => RecordedCluster.StatusAsync(context.Response, 403, "Forbidden", Forbidden);
        var error = await ErrorAsync(cluster);
        Assert.Equal(("k8s:quotes.shop: the API server answers 403: " + Forbidden, 403), (error.Message, error.Status));
    }

    [Theory]
    [InlineData("here", "User: me does not have appropriate auth credentials")]
    [InlineData("nowhere", "Cluster not found")]
    [InlineData("elsewhere", "elsewhere")]
    public async Task A_configuration_that_leads_nowhere_is_named(string context, string expected)
    {
        await using var cluster = await RecordedCluster.StartAsync();
        var options = cluster.OptionsOf("{}") with { Context = context };
        var error = await ErrorAsync(cluster, options);
        Assert.StartsWith($"the configuration {options.KubeConfig} cannot be used: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>", "cannot be read")]
    [InlineData("{}", "is no list of slices")]
    [InlineData("{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":7}", "cannot be read")]
    public async Task An_answer_that_makes_no_sense_is_told(string body, string expected)
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Instead = context => context.Response.WriteAsync(body);
        Assert.Contains(expected, (await ErrorAsync(cluster)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_cut_off()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Instead = async context =>
        {
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(spaces, context.RequestAborted);
        };
        Assert.Contains("More than 67108864 bytes", (await ErrorAsync(cluster, cluster.Options with { Timeout = TimeSpan.FromHours(1) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_given_up()
    {
        await using var cluster = await RecordedCluster.StartAsync();
        cluster.Instead = async context =>
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.Contains("does not answer within 0.3 s", (await ErrorAsync(cluster, cluster.Options with { Timeout = TimeSpan.FromSeconds(0.3) })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":\"MODIF", "every watch at once")]
    [InlineData("{\"type\":\"ADDED\",\"object\":{}}", "every watch at once")]
    [InlineData("", "every watch at once")]
    [InlineData("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":500,\"message\":\"etcdserver: request timed out\"}}", "etcdserver: request timed out")]
    public async Task A_watch_that_makes_no_sense_is_tried_a_few_times_and_then_told(string line, string expected)
    {
        await using var cluster = await RecordedCluster.StartAsync();
        var list = $$"""{"metadata":{"resourceVersion":"7"},"items":[{{Of("a", [Pod("10.0.0.1")]).ToJsonString()}}]}""";
        cluster.Instead = context => context.Response.WriteAsync(context.Request.Query.ContainsKey("watch") ? line + "\n" : list);
        Assert.Contains(expected, (await ErrorAsync(cluster)).Message, StringComparison.Ordinal);
    }
}
