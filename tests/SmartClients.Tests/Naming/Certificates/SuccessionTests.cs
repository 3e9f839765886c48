using CsCheck;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

/// <summary>Keys that follow one another, rightly and wrongly.</summary>
public sealed class SuccessionTests : IDisposable
{
    readonly SigningKey[] keys = [.. Enumerable.Range(0, 12).Select(_ => SigningKey.Create())];
    readonly SigningKey stranger = SigningKey.Create();

    public void Dispose()
    {
        foreach (var key in keys) key.Dispose();
        stranger.Dispose();
    }

    SigningKey First => keys[0];
    SigningKey Second => keys[1];
    SigningKey Third => keys[2];

    string Pinned => $"service://quotes@{First.Thumbprint}";

    static void Check(SignedCertificate candidate, SignedCertificate? known = null, string name = "service://quotes") =>
        Trust.Check(candidate, ServiceName.Parse(name), known, Sample.Now);

    static SignedCertificate Forged(SigningKey key, long serial, string? nextKey, params SignedCertificate[] lineage) =>
        Sample.Read(Sample.Forge(key, Sample.Payload(Sample.Certificate(serial, nextKey)), lineage: lineage));

    [Fact]
    public void A_key_that_was_named_next_takes_over()
    {
        var old = First.Sign(1, Second.Thumbprint);
        var renewed = Second.Sign(2, previous: old);

        Check(renewed, old);
        Check(renewed, First.Sign(1, Second.Thumbprint), Pinned);
        Check(renewed, null, Pinned);
        Check(Second.Sign(3, previous: renewed), renewed, Pinned);
        Assert.Equal([First.Thumbprint], Second.Sign(3, previous: renewed).Lineage.Select(one => one.Key));
    }

    [Fact]
    public void Two_rotations_while_a_client_was_away_are_followed()
    {
        var seen = First.Sign(1);
        var first = First.Sign(5, Second.Thumbprint, seen);
        var second = Second.Sign(6, Third.Thumbprint, first);
        var third = Third.Sign(9, previous: second);

        Check(third, seen);
        Check(third, first);
        Check(third, second);
        Check(third, null, Pinned);
        Check(third, seen, Pinned);
        Assert.Equal([5, 6], third.Lineage.Select(one => one.Certificate.Serial));
    }

    [Fact]
    public void A_client_that_knows_the_next_key_needs_no_lineage()
    {
        var old = First.Sign(1, Second.Thumbprint);
        Check(Second.Sign(2), old);
        Sample.Refused(CertificateFault.WrongKey, "the name demands", () => Check(Second.Sign(2), old, Pinned));
    }

    [Fact]
    public void A_key_that_nobody_named_is_refused()
    {
        var old = First.Sign(1, Second.Thumbprint);
        Sample.Refused(CertificateFault.WrongKey, $"which named {Second.Thumbprint} as the next", () => Check(stranger.Sign(2), old));
        Sample.Refused(CertificateFault.WrongKey, "which named no key as the next", () => Check(Second.Sign(2), First.Sign(1)));
        Sample.Refused(CertificateFault.WrongKey, "may not follow", () => stranger.Sign(2, previous: old));
        Sample.Refused(CertificateFault.WrongKey, "Publish one more with the old key", () => Second.Sign(2, previous: First.Sign(1)));
    }

    [Fact]
    public void The_old_key_signs_nothing_more()
    {
        var old = First.Sign(1, Second.Thumbprint);
        var renewed = Second.Sign(2, previous: old);

        Sample.Refused(CertificateFault.WrongKey, $"which handed over to {Second.Thumbprint} and signs nothing more", () => Check(First.Sign(3), renewed));
        Sample.Refused(CertificateFault.WrongKey, "signs nothing more", () => Check(First.Sign(3), renewed, Pinned));
        Sample.Refused(CertificateFault.WrongKey, "signs nothing more", () => Check(old, renewed));
        Sample.Refused(CertificateFault.WrongKey, "may not follow", () => First.Sign(3, previous: renewed));
        // Nor may it name another successor, once one has taken over.
        var coup = stranger.Sign(4, previous: First.Sign(3, stranger.Thumbprint));
        Sample.Refused(CertificateFault.WrongKey, "known is " + Second.Thumbprint, () => Check(coup, renewed));
        Sample.Refused(CertificateFault.WrongKey, "known is " + Second.Thumbprint, () => Check(coup, renewed, Pinned));
    }

    [Fact]
    public void A_handover_that_was_taken_back_counts_no_more()
    {
        var named = First.Sign(1, Second.Thumbprint);
        var taken = First.Sign(2, previous: named);
        Sample.Refused(CertificateFault.WrongKey, "which named no key as the next", () => Check(Second.Sign(3, previous: named), taken));
    }

    [Fact]
    public void A_lineage_with_a_link_that_was_never_made_is_refused()
    {
        var old = First.Sign(1);
        Sample.Refused(CertificateFault.WrongKey, "names no key as the next, but " + stranger.Thumbprint, () => Forged(stranger, 2, null, old));
        var named = First.Sign(1, Second.Thumbprint);
        Sample.Refused(CertificateFault.WrongKey, $"names {Second.Thumbprint} as the next, but {stranger.Thumbprint}", () => Forged(stranger, 2, null, named));
    }

    [Fact]
    public void A_lineage_that_was_tampered_with_is_refused()
    {
        var renewed = Second.Sign(2, previous: First.Sign(1, Second.Thumbprint));
        var forged = Sample.Object(renewed.Document);
        var link = forged["header"]!["lineage"]![0]!.AsObject();
        link["payload"] = Sample.Encode(Sample.Payload(Sample.Certificate(1, Second.Thumbprint) with { Title = "other" }));
        Sample.Refused(CertificateFault.BadSignature, "lineage[0], does not fit its signature", () => Sample.Read(Sample.Bytes(forged)));
        forged["header"]!["lineage"] = "none";
        Sample.Refused(CertificateFault.Malformed, "\"header.lineage\" is not an array", () => Sample.Read(Sample.Bytes(forged)));
    }

    [Fact]
    public void A_lineage_whose_serials_do_not_rise_is_refused()
    {
        var late = First.Sign(7, Second.Thumbprint);
        Sample.Refused(CertificateFault.RolledBack, "serials rise", () => Forged(Second, 7, null, late));
        Sample.Refused(CertificateFault.RolledBack, "serial 6, and 7 was seen", () => Second.Sign(6, previous: late));
    }

    [Fact]
    public void A_lineage_of_another_service_is_refused()
    {
        var elsewhere = Sample.Read(First.Sign(Sample.Certificate(1, stranger.Thumbprint) with { Name = "other" }));
        Sample.Refused(CertificateFault.WrongName, "lineage[0], is of 'other'", () => Forged(stranger, 2, null, elsewhere));
    }

    [Fact]
    public void A_lineage_that_goes_round_is_refused()
    {
        var first = First.Sign(1, Second.Thumbprint);
        var second = Second.Sign(2, First.Thumbprint, first);
        Sample.Refused(CertificateFault.WrongKey, "the lineage goes round", () => First.Sign(3, previous: second));
        Sample.Refused(CertificateFault.WrongKey, "the lineage goes round", () => Forged(First, 3, null, first, Sample.Read(Sample.Forge(Second, Sample.Payload(Sample.Certificate(2, First.Thumbprint))))));
        Sample.Refused(CertificateFault.WrongKey, "the lineage goes round", () => Forged(First, 2, null, First.Sign(1, First.Thumbprint)));
    }

    [Fact]
    public void A_lineage_has_a_most()
    {
        var last = First.Sign(1, keys[1].Thumbprint);
        for (var i = 1; i <= 9; i++) last = keys[i].Sign(i + 1, keys[i + 1].Thumbprint, last);

        Assert.Equal(SignedCertificate.MostLineage, last.Lineage.Length);
        Assert.Equal(keys[1].Thumbprint, last.Lineage[0].Key);
        Check(last, null, $"service://quotes@{keys[1].Thumbprint}");
        Sample.Refused(CertificateFault.WrongKey, "the name demands", () => Check(last, null, Pinned));
        Sample.Refused(CertificateFault.Malformed, "has 9 items; the most is 8", () => Forged(keys[10], 99, null, [First.Sign(1, keys[1].Thumbprint), .. last.Lineage]));
    }

    [Fact]
    public void A_lineage_that_grows_too_large_loses_its_oldest()
    {
        var large = new string('k', 60);
        ServiceCertificate Large(long serial, string? next) => Sample.Certificate(serial, next) with
        {
            Endpoints = [.. Enumerable.Range(1, 500).Select(i => new Endpoint("10.0.0.1", i) { Zone = large })],
        };
        var last = Sample.Read(First.Sign(Large(1, keys[1].Thumbprint)));
        for (var i = 1; i <= 6; i++) last = Sample.Read(keys[i].Sign(Large(i + 1, keys[i + 1].Thumbprint), last));

        Assert.InRange(last.Document.Length, 200_000, SignedCertificate.MostBytes);
        Assert.InRange(last.Lineage.Length, 2, 5);
        Assert.Equal(keys[5].Thumbprint, last.Lineage[^1].Key);
    }

    [Fact]
    public void Of_several_answers_the_one_that_took_over_wins_against_the_old_key()
    {
        var old = First.Sign(1, Second.Thumbprint);
        var renewed = Second.Sign(2, previous: old);
        foreach (SignedCertificate[] answers in (SignedCertificate[][])[[old, renewed], [renewed, old], [First.Sign(100), renewed], [renewed, First.Sign(100)]])
            Assert.Same(renewed, Trust.Newest(answers, Sample.Name));
        var coup = stranger.Sign(101, previous: First.Sign(100, stranger.Thumbprint));
        Sample.Refused(CertificateFault.Contradicted, "different keys", () => Trust.Newest([renewed, coup], Sample.Name));
    }

    [Fact]
    public void Whatever_is_published_by_the_rules_is_believed_by_whoever_saw_anything_of_it()
    {
        // A history of publications; each either keeps the key, announces the next one, or hands over to it.
        Gen.Int[0, 2].Array[1, 12].Select(Gen.Int[0, 11]).Sample((steps, when) =>
        {
            var (at, announced) = (0, false);
            var history = new List<SignedCertificate>();
            foreach (var step in steps)
            {
                if (step == 2 && announced && at < 7) (at, announced) = (at + 1, false);
                announced |= step == 1;
                history.Add(keys[at].Sign(history.Count + 1, announced ? keys[at + 1].Thumbprint : null, history.LastOrDefault()));
            }
            var known = history[when % history.Count];
            foreach (var later in history.Skip(when % history.Count)) Check(later, known);
            Check(history[^1], null, Pinned);
            foreach (var earlier in history.Take(when % history.Count)) Assert.Throws<CertificateException>(() => Check(earlier, known));
        }, iter: 60);
    }
}
