namespace SmartClients.Naming.Certificates;

/// <summary>Which certificate is believed. All of the rules, and no state: who knows what was believed before hands it in.</summary>
/// <remarks>Taken from what others learnt: keys are pinned at first use, or by the name; serials never fall (The Update Framework); one
/// serial has one content; a key names its successor itself, and signs nothing more once the successor has signed. A name with a key in it
/// (<c>service://quotes@KEY</c>) believes only what shows by itself that it comes from that key.</remarks>
public static class Trust
{
    /// <summary>What the clocks of a publisher and a client may differ by: 5 minutes.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Whether a document may be believed for a name.</summary>
    /// <param name="candidate">The document; reading it has checked its signature and its lineage.</param>
    /// <param name="name">What was asked for. Its key, where it has one, is the pin. Of another form than <c>service</c> it names an
    /// address, and the certificate there says of which service it is.</param>
    /// <param name="known">What was believed for this name before, and is now the pin and the lowest serial; <see langword="null"/> at first use.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="CertificateException">It may not; the fault and the message say why.</exception>
    public static void Check(SignedCertificate candidate, ServiceName name, SignedCertificate? known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(name);
        // What a name without a key, or with another one, once led to says nothing of this key's certificates.
        if (known is not null && name.Key is { } pin && !Succession.ComesFrom(known, pin)) known = null;
        CheckName(candidate, name, known);
        CheckKey(candidate, name.Key, known);
        if (known is not null) CheckSerial(candidate, known);
        CheckTime(candidate.Certificate, now);
    }

    /// <summary>Whether whoever knows one document would believe another, the time aside.</summary>
    internal static void CheckSuccessor(SignedCertificate candidate, SignedCertificate known)
    {
        CheckName(candidate, ServiceName.OfService(known.Certificate.Name), known);
        CheckKey(candidate, null, known);
        CheckSerial(candidate, known);
    }

    /// <summary>How a certificate stands to the clock.</summary>
    public static Freshness FreshnessOf(ServiceCertificate certificate, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        // Differences, because a sum may leave the calendar.
        if (certificate.Issued - now > ClockSkew) return Freshness.Early;
        var late = now - certificate.Expires;
        return late <= ClockSkew ? Freshness.Fresh : late <= ClockSkew + certificate.UseStale ? Freshness.Stale : Freshness.Ended;
    }

    /// <summary>Of documents that each passed <see cref="Check"/> against the same <c>known</c>, the one to believe: the highest serial.
    /// One that shows that another's key has handed over wins against that key, whatever its serial.</summary>
    /// <param name="candidates">What different places answered.</param>
    /// <param name="name">What was asked for, for messages.</param>
    /// <returns><see langword="null"/> when there are none.</returns>
    /// <exception cref="CertificateException"><see cref="CertificateFault.Contradicted"/>: two keys, neither of which follows the other, or
    /// two contents under one serial.</exception>
    public static SignedCertificate? Newest(IEnumerable<SignedCertificate> candidates, ServiceName name)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(name);
        SignedCertificate? best = null;
        foreach (var candidate in candidates) best = best is null ? candidate : Newer(best, candidate, name);
        return best;
    }

    static SignedCertificate Newer(SignedCertificate one, SignedCertificate other, ServiceName name)
    {
        if (one.Key == other.Key)
            return Succession.Differs(one, other)
                ? throw new CertificateException(CertificateFault.Contradicted,
                    $"Two certificates of {name} have the serial {one.Certificate.Serial} and differ: the publisher must issue one with a higher serial.")
                : one.Certificate.Serial >= other.Certificate.Serial ? one : other;
        if (HandedOver(one, other)) return other;
        if (HandedOver(other, one)) return one;
        throw new CertificateException(CertificateFault.Contradicted,
            $"Two places give certificates of {name} with different keys, {one.Key} and {other.Key}: write the right one in the name, as in service://NAME@KEY.");
    }

    static bool HandedOver(SignedCertificate from, SignedCertificate to) =>
        Succession.ComesFrom(to, from.Key) || from.Certificate.NextKey == to.Key && from.Certificate.Serial < to.Certificate.Serial;

    static void CheckName(SignedCertificate candidate, ServiceName name, SignedCertificate? known)
    {
        var expected = name.Form == "service" ? name.Value : known?.Certificate.Name;
        if (expected is not null && candidate.Certificate.Name != expected)
            throw new CertificateException(CertificateFault.WrongName, $"The certificate is of '{candidate.Certificate.Name}', and {name} was asked for: it should be of '{expected}'.");
    }

    static void CheckKey(SignedCertificate candidate, string? pin, SignedCertificate? known)
    {
        var service = candidate.Certificate.Name;
        if (pin is not null && !Succession.ComesFrom(candidate, pin))
            throw new CertificateException(CertificateFault.WrongKey,
                $"The certificate of '{service}' is signed by {candidate.Key}, and the name demands {pin} or one that it handed over to.");
        if (known is null || Succession.Follows(candidate, known)) return;
        // Signed by the right key, and only an old or a second one of its serial: the next rule's to refuse.
        if (candidate.Key == known.Key) return;
        throw new CertificateException(CertificateFault.WrongKey, known.Lineage.Any(one => one.Key == candidate.Key)
            ? $"The certificate of '{service}' is signed by {candidate.Key}, which handed over to {known.Key} and signs nothing more."
            : $"The certificate of '{service}' is signed by {candidate.Key}; known is {known.Key}, which named {known.Certificate.NextKey ?? "no key"} as the next. "
                + "If the service has really changed its key in another way, write the new one in the name, as in service://NAME@KEY.");
    }

    static void CheckSerial(SignedCertificate signed, SignedCertificate known)
    {
        var candidate = signed.Certificate;
        if (candidate.Serial < known.Certificate.Serial)
            throw new CertificateException(CertificateFault.RolledBack,
                $"The certificate of '{candidate.Name}' has the serial {candidate.Serial}, and {known.Certificate.Serial} was seen before: somebody answers with an old one.");
        if (Succession.Differs(signed, known))
            throw new CertificateException(CertificateFault.RolledBack,
                $"The certificate of '{candidate.Name}' differs from the one seen before with the same serial {candidate.Serial}: whoever publishes must raise it.");
    }

    static void CheckTime(ServiceCertificate certificate, DateTimeOffset now)
    {
        switch (FreshnessOf(certificate, now))
        {
            case Freshness.Early:
                throw new CertificateException(CertificateFault.NotYetValid,
                    $"The certificate of '{certificate.Name}' is of {CertificateWriter.Time(certificate.Issued)}, and this machine's clock says {CertificateWriter.Time(now)}: one of the two clocks is wrong.");
            case Freshness.Ended:
                throw new CertificateException(CertificateFault.Expired,
                    $"The certificate of '{certificate.Name}' ended at {CertificateWriter.Time(certificate.Expires)}"
                    + (certificate.UseStale > TimeSpan.Zero ? $", might serve for {Durations.Write(certificate.UseStale)} more," : "")
                    + $" and it is {CertificateWriter.Time(now)}: the service must publish a new one.");
        }
    }
}
