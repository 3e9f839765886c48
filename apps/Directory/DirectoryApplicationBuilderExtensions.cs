using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartClients.Directories.Pages;
using SmartClients.Directories.Serving;
using SmartClients.Directories.Storage;

namespace SmartClients.Directories;

/// <summary>A directory's addresses.</summary>
public static class DirectoryApplicationBuilderExtensions
{
    const string PagePath = "/page";

    static readonly string[] Reading = ["GET", "HEAD"];

    /// <summary>Opens the store, and maps what a directory answers: <c>/v1/…</c> for programs, <c>/</c> and <c>/services/NAME</c> for people,
    /// <c>/healthz</c>.</summary>
    /// <param name="app">An application to whose services a directory was added.</param>
    /// <exception cref="IOException">The store cannot be opened; the message names it and the remedy.</exception>
    public static WebApplication UseDirectory(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.Services;
        _ = services.GetRequiredService<CertificateStore>();
        var (certificates, listings, pages) =
            (services.GetRequiredService<CertificateEndpoints>(), services.GetRequiredService<ListingEndpoints>(), services.GetRequiredService<PageEndpoints>());
        if (services.GetRequiredService<DirectoryOptions>().Page is { } page) app.UseClientPage(page, PagePath).UseRouting();
        // A page of whatever origin may look a service up: what it gets is signed, and public.
        app.UseCors(policy => policy.AllowAnyOrigin().WithMethods(Reading).AllowAnyHeader().SetPreflightMaxAge(TimeSpan.FromHours(1)));
        app.UseMiddleware<Refusals>();
        app.UseRateLimiter();
        app.MapMethods("/v1/services/{name}", Reading, certificates.GetAsync);
        app.MapPut("/v1/services/{name}", certificates.PutAsync);
        app.MapMethods("/v1/services", Reading, listings.SearchAsync);
        app.MapMethods("/v1/changes", Reading, listings.ChangesAsync);
        app.MapMethods("/v1/conflicts", Reading, listings.ConflictsAsync);
        app.MapMethods("/v1/schema", Reading, SchemaEndpoint.GetAsync);
        app.MapMethods(PagePath + "/page.json", Reading, PageEndpoints.SettingsAsync);
        app.MapMethods("/healthz", Reading, listings.HealthAsync);
        app.MapMethods("/", Reading, pages.SearchAsync);
        app.MapMethods("/services/{name}", Reading, pages.ServiceAsync);
        app.MapFallback(context => throw new Refusal(StatusCodes.Status404NotFound, "There is nothing here. Known: /v1/services, /v1/changes, /v1/conflicts, /v1/schema, /healthz, /"));
        return app;
    }
}
