using System.Collections.Concurrent;

namespace SmartClients.Naming.Certified;

/// <summary>Names that lead to certificates.</summary>
public static class CertifiedNamesExtensions
{
    /// <summary>Opens <c>service://NAME</c>. Whoever opens one name twice gets the same certificate.</summary>
    /// <param name="names">The table.</param>
    /// <param name="options">Where certificates are found and kept.</param>
    public static Names WithServices(this Names names, CertifiedNamesOptions options)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.With("service", Certified(options));
    }

    /// <summary>Opens addresses of certificates: <c>https://host/quotes.jws</c> or <c>…/certificate</c>. Those that end in .json are opened as before.</summary>
    /// <param name="names">The table.</param>
    /// <param name="form"><c>http</c> or <c>https</c>.</param>
    /// <param name="options">Where certificates are found and kept.</param>
    public static Names WithCertificatesAt(this Names names, string form, CertifiedNamesOptions options)
    {
        ArgumentNullException.ThrowIfNull(names);
        var (certified, other) = (Certified(options), names.Find(form));
        return names.With(form, (name, opening) => IsCertificate(name.Value) ? certified(name, opening)
            : other is not null && name.Value.EndsWith(".json", StringComparison.Ordinal) ? other(name, opening)
            : throw new FormatException($"'{name}' is not the address of a document: a certificate's ends in .jws or /certificate, that of members in .json."));
    }

    static OpenName Certified(CertifiedNamesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var keepers = new ConcurrentDictionary<string, CertificateKeeper>();
        return (name, opening) => new CertifiedNames(keepers.GetOrAdd(name.ToString(), _ => new CertificateKeeper(name, options)), opening, options);
    }

    static bool IsCertificate(string value) => value.EndsWith(".jws", StringComparison.Ordinal) || value.EndsWith("/certificate", StringComparison.Ordinal);
}
