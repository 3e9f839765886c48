using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartClients.Testing;

namespace SmartClients.Kubernetes.Tests;

/// <summary>
/// An API server of our own, which speaks of the endpoint slices of one service what a real one speaks: lists, watches from a version
/// on, bookmarks, versions that it no longer knows, and streams that break. No real cluster runs in these tests.
/// </summary>
internal sealed class RecordedCluster : IAsyncDisposable
{
    readonly Lock gate = new();
    readonly TemporaryFolder folder = new();
    readonly WebApplication app;
    readonly Dictionary<string, JsonObject> slices = [];
    readonly List<HttpContext> watching = [];
    ImmutableList<(long Version, string Line)> log = [];
    TaskCompletionSource changed = New();
    long version = 1000;
    long oldest;
    int lists;

    RecordedCluster(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>How often everything was asked for.</summary>
    public int Lists => Volatile.Read(ref lists);

    /// <summary>The versions from which watches were begun, in order.</summary>
    public ImmutableList<string> Watches { get; private set; } = [];

    /// <summary>Answers in place of everything else, where it is set.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>Whether whoever got in needs no token.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Keeps every watch open without a word from now on.</summary>
    public bool IsMute { get; set; }

    /// <summary>Whether versions that are no longer known are told by the status of the answer, and not by an event in it.</summary>
    public bool TellsGoneByStatus { get; set; }

    public KubernetesOptions Options => OptionsOf("{ token: the-token }");

    /// <summary>How the cluster is reached by a user, as a kubeconfig tells of one.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="more">What else is told of the cluster.</param>
    public KubernetesOptions OptionsOf(string user, string more = "") => new()
    {
        KubeConfig = folder.Write("config", $$"""
            apiVersion: v1
            kind: Config
            current-context: here
            clusters: [{ name: here, cluster: { server: "{{Address}}"{{more}} } }]
            users: [{ name: me, user: {{user}} }]
            contexts: [{ name: here, context: { cluster: here, user: me } }, { name: nowhere, context: { cluster: gone, user: me } }]
            """),
        WatchTime = TimeSpan.FromSeconds(1),
    };

    public static async Task<RecordedCluster> StartAsync(Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, listen ?? (_ => { })));
        var app = builder.Build();
        var cluster = new RecordedCluster(app);
        app.Run(cluster.AnswerAsync);
        await app.StartAsync();
        return cluster;
    }

    /// <summary>A slice comes, or changes.</summary>
    public void Put(JsonObject slice)
    {
        lock (gate)
        {
            var name = (string)slice["metadata"]!["name"]!;
            var now = slice.At(++version);
            Tell(slices.ContainsKey(name) ? "MODIFIED" : "ADDED", now);
            slices[name] = now;
        }
    }

    public void Delete(string name)
    {
        lock (gate)
        {
            slices.Remove(name, out var gone);
            Tell("DELETED", gone!.At(++version));
        }
    }

    /// <summary>Something happens elsewhere in the cluster, and the watches are told up to where they know everything.</summary>
    public string Bookmark()
    {
        lock (gate)
        {
            version += 100;
            var text = version.ToString(CultureInfo.InvariantCulture);
            Tell("BOOKMARK", JsonNode.Parse($$"""
                {"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"resourceVersion":"{{text}}","creationTimestamp":null},"addressType":"","endpoints":null,"ports":null}
                """)!);
            return text;
        }
    }

    /// <summary>Forgets everything that has happened so far.</summary>
    public void Forget()
    {
        lock (gate)
        {
            version += 100;
            oldest = version;
            log = [];
        }
    }

    /// <summary>Breaks all watches, in the middle of a line.</summary>
    public void Disconnect()
    {
        lock (gate)
        {
            foreach (var context in watching) context.Abort();
            watching.Clear();
        }
    }

    void Tell(string type, JsonNode about)
    {
        log = log.Add((version, new JsonObject { ["type"] = type, ["object"] = about.DeepClone() }.ToJsonString()));
        changed.TrySetResult();
        changed = New();
    }

    async Task AnswerAsync(HttpContext context)
    {
        if (Instead is not null)
        {
            await Instead(context);
            return;
        }
        var (request, response) = (context.Request, context.Response);
        response.ContentType = "application/json";
        if (!IsOpen && request.Headers.Authorization != "Bearer the-token") await StatusAsync(response, 401, "Unauthorized", "Unauthorized");
        else if (request.Path != "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices" || request.Query["labelSelector"] != "kubernetes.io/service-name=quotes")
            await StatusAsync(response, 404, "NotFound", "the server could not find the requested resource");
        else if (request.Query["watch"] == "true") await WatchAsync(context);
        else await response.WriteAsync(List());
    }

    string List()
    {
        Interlocked.Increment(ref lists);
        lock (gate)
        {
            return new JsonObject
            {
                ["kind"] = "EndpointSliceList",
                ["apiVersion"] = "discovery.k8s.io/v1",
                ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) },
                ["items"] = new JsonArray([.. slices.Values.Select(slice => slice.DeepClone())]),
            }.ToJsonString();
        }
    }

    async Task WatchAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var from = long.Parse(query["resourceVersion"]!, CultureInfo.InvariantCulture);
        bool gone;
        lock (gate)
        {
            Watches = Watches.Add(query["resourceVersion"]!);
            gone = from < oldest;
            if (!gone) watching.Add(context);
        }
        if (gone)
        {
            await GoneAsync(context.Response, from);
            return;
        }
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(int.Parse(query["timeoutSeconds"]!, CultureInfo.InvariantCulture)));
        await context.Response.Body.FlushAsync(context.RequestAborted);
        while (!time.IsCancellationRequested || IsMute)
        {
            Task more;
            ImmutableList<(long Version, string Line)> lines;
            lock (gate) (more, lines) = (changed.Task, log.FindAll(line => line.Version > from && !IsMute));
            foreach (var (at, line) in lines)
            {
                await context.Response.WriteAsync(line + "\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                from = at;
            }
            await more.WaitAsync(IsMute ? context.RequestAborted : time.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (context.RequestAborted.IsCancellationRequested) return;
        }
        // What a break leaves behind.
        lock (gate) watching.Remove(context);
    }

    Task GoneAsync(HttpResponse response, long from)
    {
        var message = $"too old resource version: {from} ({oldest})";
        if (TellsGoneByStatus) return StatusAsync(response, 410, "Expired", message);
        return response.WriteAsync(new JsonObject { ["type"] = "ERROR", ["object"] = Status(410, "Expired", message) }.ToJsonString() + "\n");
    }

    public static Task StatusAsync(HttpResponse response, int code, string reason, string message)
    {
        response.StatusCode = code;
        return response.WriteAsync(Status(code, reason, message).ToJsonString());
    }

    static JsonObject Status(int code, string reason, string message) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = reason,
        ["code"] = code,
    };

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        Disconnect();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
