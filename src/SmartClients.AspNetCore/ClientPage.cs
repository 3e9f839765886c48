using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace SmartClients.AspNetCore;

/// <summary>The files of a client's page; of those that stand there compressed too (<c>.br</c>, <c>.gz</c>), the smallest that the browser takes.</summary>
internal sealed class ClientPage : IDisposable
{
    static readonly (string Coding, string Ending)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    readonly PhysicalFileProvider files;

    public ClientPage(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(path, "index.html"))) throw new IOException($"The page's folder '{folder}' has no index.html: publish the page into it first.");
        files = new PhysicalFileProvider(path);
        Types = new FileExtensionContentTypeProvider();
        Types.Mappings[".dat"] = Types.Mappings[".blat"] = "application/octet-stream";
    }

    /// <summary>The types of its files.</summary>
    public FileExtensionContentTypeProvider Types { get; }

    /// <summary>The files as they are.</summary>
    public IFileProvider Files => files;

    /// <summary>Has a request for a file answered with its compressed form, where there is one that the browser takes.</summary>
    public void Choose(HttpContext context, PathString rest)
    {
        var file = rest.Value is null or "" or "/" ? "/index.html" : rest.Value;
        if (!Types.TryGetContentType(file, out var type)) return;
        foreach (var (coding, ending) in Compressed)
        {
            if (!Accepts(context.Request, coding) || !files.GetFileInfo(file + ending).Exists) continue;
            context.Request.Path = context.Request.Path.Value is { } path && path.EndsWith('/') ? path + "index.html" + ending : context.Request.Path.Value + ending;
            context.Items[typeof(ClientPage)] = (coding, type);
            return;
        }
    }

    /// <summary>Says what a file is, and that it is asked for again each time, and sent again only where it has changed.</summary>
    public static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        (headers.CacheControl, headers.Vary, headers.XContentTypeOptions, headers.XFrameOptions) = ("no-cache", "Accept-Encoding", "nosniff", "DENY");
        headers["Referrer-Policy"] = "no-referrer";
        if (file.Context.Items[typeof(ClientPage)] is not (string coding, string type)) return;
        (headers.ContentEncoding, file.Context.Response.ContentType) = (coding, type);
    }

    static bool Accepts(HttpRequest request, string coding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);

    public void Dispose() => files.Dispose();
}
