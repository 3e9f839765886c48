using System.Globalization;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Pages;

/// <summary>One service's page: what it is, how it is used, and what its certificate says.</summary>
internal static class ServicePage
{
    const int ShownEndpoints = 50;

    public static Html Of(SignedCertificate signed, DateTimeOffset now)
    {
        var certificate = signed.Certificate;
        var name = $"service://{certificate.Name}@{signed.Key}";
        return Html.Of($"""
            {Layout.SearchBox("")}
            <h1><bdi>{certificate.Title ?? certificate.Name}</bdi></h1>
            <p><bdi>{certificate.Description}</bdi></p>
            <p>{Html.All(certificate.Keywords.Select(word => Html.Of($"<span class=\"tag\"><bdi>{word}</bdi></span>")))}</p>
            <h2>Its name, with the key that must have signed for it</h2>
            <div class="copy">{name}</div>
            {Use(certificate)}
            <h2>Its certificate</h2>
            <dl>
            <dt>Name</dt><dd>service://{certificate.Name}</dd>
            <dt>Key</dt><dd><code>{signed.Key}</code></dd>
            <dt>Serial</dt><dd>{certificate.Serial}</dd>
            <dt>Issued</dt><dd>{Time(certificate.Issued)}</dd>
            <dt>Expires</dt><dd>{Time(certificate.Expires)}{Standing(certificate, now)}</dd>
            {Row("Next key", certificate.NextKey is { } next ? Html.Of($"<code>{next}</code>") : null)}
            {Row("Sources", certificate.Sources.IsEmpty ? null : Lines(certificate.Sources))}
            {Row("First endpoints", certificate.Endpoints.IsEmpty ? null : Endpoints(certificate))}
            {Row("Document", Html.Of($"<a href=\"/v1/services/{certificate.Name}\">signed certificate</a>"))}
            </dl>
            """);
    }

    static Html Use(ServiceCertificate certificate)
    {
        var page = certificate.Interface.Page is { Scheme: "http" or "https" } address
            ? Html.Of($"<p><a href=\"{address.AbsoluteUri}\" rel=\"noreferrer nofollow\">{address.AbsoluteUri}</a></p>") : default;
        return Html.Of($"""
            <h2>How to use it</h2>
            <div class="copy">{certificate.Interface.Command ?? $"smart call service://{certificate.Name}/"}</div>{page}
            """);
    }

    static Html Standing(ServiceCertificate certificate, DateTimeOffset now) => Trust.FreshnessOf(certificate, now) switch
    {
        Freshness.Ended => Html.Of($" <span class=\"ended\">ended</span>"),
        Freshness.Stale => Html.Of($" <span class=\"ended\">ended; may still be used until {Time(certificate.Expires + certificate.UseStale)}</span>"),
        _ => default,
    };

    static Html Endpoints(ServiceCertificate certificate)
    {
        var shown = Lines(certificate.Endpoints.Take(ShownEndpoints).Select(endpoint => endpoint.Address));
        return certificate.Endpoints.Length <= ShownEndpoints ? shown : Html.Of($"{shown}<br>and {certificate.Endpoints.Length - ShownEndpoints} more");
    }

    static Html Lines(IEnumerable<string> texts) => Html.All(texts.Select((text, i) => i == 0 ? Html.Of($"{text}") : Html.Of($"<br>{text}")));

    static Html Row(string title, Html? content) => content is { } shown ? Html.Of($"<dt>{title}</dt><dd>{shown}</dd>") : default;

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
