using SmartClients.Naming;

namespace SmartClients.Discovery.Asking;

/// <summary>The TXT record that says where a service's certificate is: <c>v=smart1; certificate=https://host/quotes.jws; key=THUMBPRINT</c>.
/// The version comes first; unknown fields are ignored; the key may be left out where the address begins with https.</summary>
/// <param name="Address">The certificate's address, as a name.</param>
/// <param name="Key">The key that must have signed it, or handed over to the one that did.</param>
internal sealed record CertificateText(ServiceName Address, string? Key)
{
    const int MostCharacters = 2048;

    /// <summary>Reads a record.</summary>
    /// <param name="text">Its strings, put together.</param>
    /// <param name="at">The record's name, for messages.</param>
    /// <returns><see langword="null"/> where it is a record of something else.</returns>
    /// <exception cref="FormatException">It is one of ours and cannot be read.</exception>
    public static CertificateText? Parse(string text, string at)
    {
        var fields = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (fields is not ["v=smart1", ..]) return null;
        if (text.Length > MostCharacters) throw new FormatException($"The TXT record of {at} is longer than {MostCharacters:N0} characters.");
        string? address = null, key = null;
        foreach (var field in fields)
            if (field.StartsWith("certificate=", StringComparison.Ordinal)) address ??= field["certificate=".Length..];
            else if (field.StartsWith("key=", StringComparison.Ordinal)) key ??= field["key=".Length..];
        if (address is null) throw Wrong("has no certificate=");
        if (key is not null) key = ServiceName.OfService("key", key).Key;
        var isWeb = address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal);
        if (!isWeb || ServiceName.Parse(address) is not { Path: "", Key: null } name) throw Wrong($"has certificate={address}, which is not the address of a document");
        // Without a key, and unencrypted, anybody on the way could put a certificate of his own there.
        if (name.Form == "http" && key is null) throw Wrong("has an address that begins with http and no key=: write one of the two, https or a key");
        return new CertificateText(name, key);

        FormatException Wrong(string what) => new($"The TXT record of {at} {what}: write v=smart1; certificate=https://host/name.jws; key=THUMBPRINT.");
    }
}
