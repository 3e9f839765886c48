namespace SmartClients.Naming.Certificates;

/// <summary>How one key follows another: each names the next in a certificate that it signs itself, and then signs nothing more.</summary>
internal static class Succession
{
    /// <summary>Whether a document's own lineage leads to it step by step.</summary>
    /// <exception cref="CertificateException">It does not: somebody put it together.</exception>
    public static void Check(SignedCertificate document, string source)
    {
        for (var i = 0; i < document.Lineage.Length; i++)
        {
            var earlier = document.Lineage[i];
            var later = i + 1 < document.Lineage.Length ? document.Lineage[i + 1] : document;
            var where = $"{source}, lineage[{i}],";
            if (earlier.Certificate.Name != later.Certificate.Name)
                throw new CertificateException(CertificateFault.WrongName, $"{where} is of '{earlier.Certificate.Name}', not of '{later.Certificate.Name}'.");
            if (earlier.Certificate.Serial >= later.Certificate.Serial)
                throw new CertificateException(CertificateFault.RolledBack,
                    $"{where} has the serial {earlier.Certificate.Serial}, and what follows it {later.Certificate.Serial}: serials rise.");
            if (earlier.Certificate.NextKey != later.Key)
                throw new CertificateException(CertificateFault.WrongKey,
                    $"{where} names {earlier.Certificate.NextKey ?? "no key"} as the next, but {later.Key} signed what follows it.");
            // A key that has handed over signs nothing more, and so nobody can hand over to it.
            if (later.Key == earlier.Key || document.Lineage.Take(i).Any(one => one.Key == later.Key))
                throw new CertificateException(CertificateFault.WrongKey, $"{where} hands over to {later.Key}, which had handed over before: the lineage goes round.");
        }
    }

    /// <summary>Whether a document follows one that is known: signed by the same key, or by one that the known document's key handed
    /// over to, in a certificate no older than the known one.</summary>
    public static bool Follows(SignedCertificate document, SignedCertificate known) =>
        document.Lineage.Append(document).Any(link =>
            link.Key == known.Key && link.Certificate.Serial >= known.Certificate.Serial && !Differs(link, known)
            || link.Key == known.Certificate.NextKey && link.Certificate.Serial > known.Certificate.Serial);

    /// <summary>Whether a document shows by itself that it comes from a key.</summary>
    public static bool ComesFrom(SignedCertificate document, string key) => document.Key == key || document.Lineage.Any(one => one.Key == key);

    /// <summary>Two certificates under one serial.</summary>
    public static bool Differs(SignedCertificate one, SignedCertificate other) =>
        one.Certificate.Serial == other.Certificate.Serial && !one.Payload.Span.SequenceEqual(other.Payload.Span);
}
