namespace SmartClients.Http;

/// <summary>Whether an address names the service that a client is for.</summary>
internal static class ServiceAddress
{
    /// <exception cref="InvalidOperationException">It names another host.</exception>
    public static void Check(Uri address, string service)
    {
        if (IsPlainlyOf(address, service) || Matches(address.Host, service) || Matches(address.IdnHost, service) || Matches(address.Authority, service)) return;
        throw new InvalidOperationException(
            $"This client sends to the service '{service}' only, and {address.Scheme}://{address.Authority} is another host: ask for service://{service}/…, or use a client without AddSmartClient.");
    }

    // The usual form is read off the text: the parts of an Uri are strings made on first use, and each request has a new Uri.
    static bool IsPlainlyOf(Uri address, string service)
    {
        var text = address.OriginalString.AsSpan();
        var at = text.IndexOf("://", StringComparison.Ordinal);
        if (at != address.Scheme.Length) return false;
        var rest = text[(at + 3)..];
        return rest.StartsWith(service, StringComparison.OrdinalIgnoreCase) && (rest.Length == service.Length || rest[service.Length] is '/' or '?' or '#');
    }

    static bool Matches(string host, string service) => string.Equals(host, service, StringComparison.OrdinalIgnoreCase);
}
