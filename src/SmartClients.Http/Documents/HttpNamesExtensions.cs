using SmartClients.Naming;

namespace SmartClients.Http.Documents;

/// <summary>Names that lead to documents on web servers.</summary>
public static class HttpNamesExtensions
{
    /// <summary>Opens <c>http(s)://host/members.json</c> and, in a certificate, <c>members:/path</c> as well.</summary>
    /// <param name="names">The table.</param>
    /// <param name="client">Sends, without a director in it; when left out, one that follows no redirection by itself, and that connects only
    /// to what <see cref="Opening.Addresses"/> allows. Not disposed.</param>
    /// <param name="options">The defaults when left out.</param>
    public static Names WithHttp(this Names names, HttpMessageInvoker? client = null, DocumentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        client ??= new HttpMessageInvoker(GuardedHandler.New());
        OpenName document = (name, opening) => Open(() => Document(name, opening, client, options));
        return names
            .With("http", document)
            .With("https", document)
            .With("members", (name, opening) => Open(() => new MembersNames(name.Value, opening, client, options)));
    }

    static HttpNames Document(ServiceName name, Opening opening, HttpMessageInvoker client, DocumentOptions? options)
    {
        if (!name.Value.EndsWith(".json", StringComparison.Ordinal))
            throw new FormatException($"'{name}' is the address of a certificate, and certificates are not looked for here: write https://host/members.json.");
        if (name.Key is not null) throw new FormatException($"'{name}' has a key, which only certificates have: a members document ends in .json and has none.");
        return new HttpNames(new Uri($"{name.Form}:{name.Value}"), opening, client, options);
    }

    static NameSource Open(Func<NameSource> open)
    {
        try
        {
            return open();
        }
        catch (Exception error) when (error is ArgumentException or UriFormatException)
        {
            throw error is FormatException ? error : new FormatException(error.Message, error);
        }
    }
}
