using System.Globalization;
using System.Net;
using System.Text.Json;
using k8s.Models;
using SmartClients.Http.Loads;

namespace SmartClients.Kubernetes;

/// <summary>Asks an API server for the endpoint slices of a service. The streams are read here, within limits of size and time.</summary>
/// <remarks>KubernetesClient's own watch has no limits, and waits for a first event before it returns.</remarks>
internal sealed class ClusterClient(KubernetesName name, KubernetesOptions options, TimeProvider time) : IDisposable
{
    const int MostBytes = 64 << 20;
    const int MostErrorBytes = 64 << 10;

    readonly Cluster cluster = Cluster.Of(options);

    /// <summary>All slices now.</summary>
    /// <exception cref="ClusterException">The API server does not tell.</exception>
    public async Task<V1EndpointSliceList> ListAsync(CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var response = await GetAsync("", both.Token).ConfigureAwait(false);
            var body = new LimitedStream(await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false), MostBytes);
            var list = await JsonSerializer.DeserializeAsync(body, ClusterJson.Default.V1EndpointSliceList, both.Token).ConfigureAwait(false);
            return list is { Items: not null, Metadata.ResourceVersion: not null } ? list : throw new ClusterException($"{name}: the API server's answer is no list of slices");
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && error is not ClusterException)
        {
            throw Unanswered(error, limit.IsCancellationRequested);
        }
    }

    /// <summary>Begins to listen for what happens after a version.</summary>
    /// <exception cref="ClusterException">The API server does not tell.</exception>
    public async Task<HttpResponseMessage> WatchAsync(string version, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var seconds = ((int)options.WatchTime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        try
        {
            return await GetAsync($"&watch=true&allowWatchBookmarks=true&timeoutSeconds={seconds}&resourceVersion={Uri.EscapeDataString(version)}", both.Token)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && error is not ClusterException)
        {
            throw Unanswered(error, limit.IsCancellationRequested);
        }
    }

    async Task<HttpResponseMessage> GetAsync(string more, CancellationToken cancel)
    {
        var path = $"apis/discovery.k8s.io/v1/namespaces/{name.Namespace}/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3D{name.Service}{more}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cluster.Address, path));
        request.Version = HttpVersion.Version20;
        if (cluster.Credentials is { } credentials) await credentials.ProcessHttpRequestAsync(request, cancel).ConfigureAwait(false);
        var response = await cluster.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var said = response.ReasonPhrase;
            try
            {
                var body = new LimitedStream(await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), MostErrorBytes);
                said = (await JsonSerializer.DeserializeAsync(body, ClusterJson.Default.V1Status, cancel).ConfigureAwait(false))?.Message ?? said;
            }
            catch (Exception error) when (error is JsonException or IOException)
            {
                // A proxy's page, say: the status must do.
            }
            throw new ClusterException($"{name}: the API server answers {(int)response.StatusCode}: {said}", null, (int)response.StatusCode);
        }
    }

    ClusterException Unanswered(Exception error, bool late) => error switch
    {
        _ when late => new ClusterException($"{name}: the API server does not answer within {options.Timeout.TotalSeconds:0.#} s", error),
        JsonException => new ClusterException($"{name}: the API server's answer cannot be read: {error.Message}", error),
        // Whatever was told before the connection broke still holds.
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpRequestException { InnerException: IOException } => new ClusterException($"{name}: {error.Message}", error) { IsBroken = true },
        _ => new ClusterException($"{name}: {error.Message}", error),
    };

    public void Dispose() => cluster.Dispose();
}
