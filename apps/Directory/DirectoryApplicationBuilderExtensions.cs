using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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
        Read(app, "/v1/services/{name}", certificates.GetAsync);
        app.MapPut("/v1/services/{name}", certificates.PutAsync);
        Read(app, "/v1/services", listings.SearchAsync);
        Read(app, "/v1/changes", listings.ChangesAsync);
        Read(app, "/v1/conflicts", listings.ConflictsAsync);
        Read(app, "/v1/schema", SchemaEndpoint.GetAsync);
        Read(app, PagePath + "/page.json", (HttpContext context) => context.Response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["directories"] = $"{context.Request.Scheme}://{context.Request.Host}" }, context.RequestAborted));
        Read(app, "/healthz", listings.HealthAsync);
        Read(app, "/", pages.SearchAsync);
        Read(app, "/services/{name}", pages.ServiceAsync);
        app.MapFallback(context => throw new Refusal(StatusCodes.Status404NotFound, "There is nothing here. Known: /v1/services, /v1/changes, /v1/conflicts, /v1/schema, /healthz, /"));
        return app;
    }

    static void Read(IEndpointRouteBuilder app, string path, Delegate answer) => app.MapMethods(path, Reading, answer);
}
