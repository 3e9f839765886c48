using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Directories.Storage;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Support;

/// <summary>A directory on a real Kestrel, with a store in a folder of the test's own.</summary>
internal sealed class RunningDirectory : IAsyncDisposable
{
    readonly WebApplication app;
    readonly HttpClientHandler handler = new() { UseProxy = false };

    RunningDirectory(WebApplication app)
    {
        this.app = app;
        Http = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    public CertificateStore Store => app.Services.GetRequiredService<CertificateStore>();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RunningDirectory> StartAsync(string data, Func<DirectoryOptions, DirectoryOptions>? with = null, int port = 0)
    {
        var options = new DirectoryOptions { Data = data, PullInterval = TimeSpan.FromMilliseconds(20) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddDirectory(with?.Invoke(options) ?? options);
        var app = builder.Build();
        app.UseDirectory();
        await app.StartAsync(Cancel);
        return new RunningDirectory(app);
    }

    public Task<HttpResponseMessage> PutAsync(SignedCertificate certificate, string? name = null) =>
        PutAsync(name ?? certificate.Certificate.Name, new ReadOnlyMemoryContent(certificate.Document));

    public Task<HttpResponseMessage> PutAsync(string name, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json");
        return Http.PutAsync("/v1/services/" + name, content, Cancel);
    }

    public Task<byte[]> GetAsync(string name) => Http.GetByteArrayAsync("/v1/services/" + name, Cancel);

    public Task<JsonElement> JsonAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path, Cancel);

    /// <summary>Waits until a name's certificate has a serial.</summary>
    public Task HasAsync(string name, long serial) => Poll.UntilAsync(() => Store.Held([name]).TryGetValue(name, out var held) && held.Serial == serial, Cancel);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}
