using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace SmartClients.Chat.Server.Serving;

/// <summary>The web page: files as they are, the first of them for <c>/</c>.</summary>
internal static class PageFiles
{
    /// <summary>Serves a folder.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static void UsePage(this IApplicationBuilder app, string folder)
    {
        var path = Path.GetFullPath(folder);
        if (!Directory.Exists(path)) throw new IOException($"The page's folder '{folder}' does not exist.");
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".dat"] = types.Mappings[".blat"] = "application/octet-stream";
        var files = new PhysicalFileProvider(path);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = types,
            // Asked for again each time, and sent again only where it has changed.
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
