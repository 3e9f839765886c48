using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartClients.Directories.Publishing;
using SmartClients.Directories.Serving;
using SmartClients.Directories.Storage;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Pages;

/// <summary>The pages for people.</summary>
internal sealed class PageEndpoints(CertificateStore store, TimeProvider time)
{
    const int Shown = 20;

    /// <summary><c>GET /?q=words</c></summary>
    public Task SearchAsync(HttpContext context)
    {
        var words = ListingEndpoints.Words(context);
        var found = store.Search(words, Shown);
        var heading = words.Trim().Length == 0 ? Html.Of($"<h2>Newest</h2>") : default;
        var results = found.Count > 0 ? Html.Of($"<ol>{Html.All(found.Select(Result))}</ol>")
            : words.Trim().Length == 0 ? Html.Of($"<p class=\"soft\">Nothing has been published here yet: <code>smart publish certificate.json --key key.pem</code></p>")
            : Html.Of($"<p class=\"soft\">No service has these words in its name, title, keywords or description.</p>");
        return Layout.WriteAsync(context, words.Trim().Length == 0 ? "Directory of services" : $"{words.Trim()} · Directory of services", Html.Of($"""
            <h1>Find a service</h1>{Layout.SearchBox(words)}{heading}{results}
            """));
    }

    /// <summary><c>GET /services/{name}</c></summary>
    public Task ServiceAsync(HttpContext context, string name)
    {
        if (PublicationRules.NameOf(name) is { } service && store.Document(service) is { } document)
        {
            var signed = SignedCertificate.Read(document, $"The stored certificate of '{service}'");
            return Layout.WriteAsync(context, $"{signed.Certificate.Title ?? service} · Directory of services", ServicePage.Of(signed, time.GetUtcNow()));
        }
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Layout.WriteAsync(context, "Not here · Directory of services", Html.Of($"""
            {Layout.SearchBox("")}<h1>No such service</h1><p>Nobody has published a service of this name here.</p>
            """));
    }

    /// <summary>What the page of a program that is a client itself finds beside it: this directory.</summary>
    public static Task SettingsAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new PageAnswer($"{context.Request.Scheme}://{context.Request.Host}"), AnswerJson.Plain.PageAnswer, cancellationToken: context.RequestAborted);

    Html Result(Listing listing)
    {
        var ended = listing.Expires < time.GetUtcNow() ? Html.Of($" · <span class=\"ended\">ended {Day(listing.Expires)}</span>") : default;
        return Html.Of($"""
            <li><a href="/services/{listing.Name}"><bdi>{(listing.Title.Length > 0 ? listing.Title : listing.Name)}</bdi></a>
            <div class="soft small">service://{listing.Name}{ended}</div><p><bdi>{Shortened(listing.Description)}</bdi></p></li>
            """);
    }

    internal static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Shortened(string text) => text.Length <= 240 ? text : text[..240].TrimEnd() + "…";
}
