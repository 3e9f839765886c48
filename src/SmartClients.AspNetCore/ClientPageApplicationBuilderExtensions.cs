using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartClients.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>For servers that hand out a client as a web page.</summary>
public static class ClientPageApplicationBuilderExtensions
{
    /// <summary>Serves the files of a published page, compressed where they stand compressed beside. Put it before routing.</summary>
    /// <param name="app">The application.</param>
    /// <param name="folder">Where the page was published to: <c>wwwroot</c>.</param>
    /// <param name="at">The path that it is served at; the root when left out.</param>
    /// <exception cref="IOException">There is no page in that folder.</exception>
    public static IApplicationBuilder UseClientPage(this IApplicationBuilder app, string folder, PathString at = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var page = new ClientPage(folder);
        app.ApplicationServices.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(page.Dispose);
        app.Use(next => context =>
        {
            if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments(at, out var rest)) page.Choose(context, rest);
            return next(context);
        });
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = page.Files, RequestPath = at });
        return app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = page.Files,
            RequestPath = at,
            ContentTypeProvider = page.Types,
            // The compressed forms have endings that no table knows.
            ServeUnknownFileTypes = true,
            OnPrepareResponse = ClientPage.Prepare,
        });
    }
}
