using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

public sealed class TrustTests : IDisposable
{
    readonly SigningKey key = SigningKey.Create();
    readonly SigningKey other = SigningKey.Create();

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    static void Check(SignedCertificate candidate, SignedCertificate? known = null, string name = "service://quotes", DateTimeOffset? now = null) =>
        Trust.Check(candidate, ServiceName.Parse(name), known, now ?? Sample.Now);

    SignedCertificate Signed(ServiceCertificate certificate) => Sample.Read(key.Sign(certificate));

    [Fact]
    public void The_first_one_is_believed_and_a_newer_one_of_the_same_key_after_it()
    {
        var first = key.Sign(1);
        Check(first);
        Check(first, first);
        Check(key.Sign(2), first);
    }

    [Fact]
    public void A_certificate_of_another_service_is_refused()
    {
        var replayed = Signed(Sample.Certificate() with { Name = "payments" });
        Sample.Refused(CertificateFault.WrongName, "of 'payments', and service://quotes was asked for", () => Check(replayed));
        Check(replayed, name: "https://example.org/x.jws");
        Sample.Refused(CertificateFault.WrongName, "it should be of 'quotes'", () => Check(replayed, key.Sign(1), "https://example.org/x.jws"));
    }

    [Fact]
    public void Another_key_than_the_first_one_is_refused() =>
        Sample.Refused(CertificateFault.WrongKey, $"signed by {other.Thumbprint}; known is {key.Thumbprint}", () => Check(other.Sign(2), key.Sign(1)));

    [Fact]
    public void A_key_in_the_name_is_demanded_at_first_use_too()
    {
        Check(key.Sign(1), name: $"service://quotes@{key.Thumbprint}");
        Sample.Refused(CertificateFault.WrongKey, $"the name demands {key.Thumbprint}", () => Check(other.Sign(1), name: $"service://quotes@{key.Thumbprint}"));
    }

    [Fact]
    public void A_key_in_the_name_wins_over_one_that_was_learnt()
    {
        var learnt = other.Sign(9);
        Check(key.Sign(1), learnt, $"service://quotes@{key.Thumbprint}");
        Sample.Refused(CertificateFault.WrongKey, "the name demands", () => Check(learnt, learnt, $"service://quotes@{key.Thumbprint}"));
    }

    [Fact]
    public void A_serial_never_falls()
    {
        var known = key.Sign(5);
        Sample.Refused(CertificateFault.RolledBack, "has the serial 4, and 5 was seen before", () => Check(key.Sign(4), known));
        Sample.Refused(CertificateFault.RolledBack, "serial 4", () => Check(key.Sign(4), known, $"service://quotes@{key.Thumbprint}"));
    }

    [Fact]
    public void One_serial_has_one_content()
    {
        var known = key.Sign(5);
        Sample.Refused(CertificateFault.RolledBack, "differs from the one seen before with the same serial 5",
            () => Check(Signed(Sample.Certificate(5) with { Endpoints = [new Endpoint("10.6.6.6", 80)] }), known));
        // Signed anew, and the same: signatures of ECDSA differ each time.
        Check(key.Sign(5), known);
    }

    [Theory]
    [InlineData(-86_400 - 301, CertificateFault.NotYetValid)]
    [InlineData(-86_400 - 300, null)]
    [InlineData(-86_400, null)]
    [InlineData(0, null)]
    [InlineData(90 * 86_400, null)]
    [InlineData(90 * 86_400 + 300, null)]
    [InlineData(90 * 86_400 + 301, CertificateFault.Expired)]
    [InlineData(50_000_000_000, CertificateFault.Expired)]
    [InlineData(-50_000_000_000, CertificateFault.NotYetValid)]
    public void Time_is_kept_with_five_minutes_for_the_clocks(long seconds, CertificateFault? fault)
    {
        var now = Sample.Now.AddSeconds(seconds);
        if (fault is { } refused) Sample.Refused(refused, refused == CertificateFault.Expired ? "must publish a new one" : "one of the two clocks is wrong", () => Check(key.Sign(1), now: now));
        else Check(key.Sign(1), now: now);
    }

    [Theory]
    [InlineData(0, Freshness.Fresh)]
    [InlineData(-86_400 - 301, Freshness.Early)]
    [InlineData(90 * 86_400 + 300, Freshness.Fresh)]
    [InlineData(90 * 86_400 + 301, Freshness.Stale)]
    [InlineData(97 * 86_400 + 300, Freshness.Stale)]
    [InlineData(97 * 86_400 + 301, Freshness.Ended)]
    public void What_has_ended_may_serve_as_long_as_its_own_rule_says(int seconds, Freshness expected)
    {
        var certificate = Sample.Certificate() with { UseStale = TimeSpan.FromDays(7) };
        var now = Sample.Now.AddSeconds(seconds);
        Assert.Equal(expected, Trust.FreshnessOf(certificate, now));
        if (expected is Freshness.Fresh or Freshness.Stale) Check(Signed(certificate), now: now);
        else Assert.Throws<CertificateException>(() => Check(Signed(certificate), now: now));
    }

    [Fact]
    public void A_rule_of_the_ended_is_told() =>
        Sample.Refused(CertificateFault.Expired, "might serve for P7D more", () =>
            Check(Signed(Sample.Certificate() with { UseStale = TimeSpan.FromDays(7) }), now: Sample.Now.AddYears(1)));

    [Fact]
    public void The_ends_of_the_calendar_are_no_trouble()
    {
        var last = Signed(Sample.Certificate() with { Issued = DateTimeOffset.MaxValue.AddDays(-2), Expires = DateTimeOffset.MaxValue.AddDays(-1), UseStale = TimeSpan.FromDays(366) });
        Sample.Refused(CertificateFault.NotYetValid, "clock", () => Check(last));
        Check(last, now: DateTimeOffset.MaxValue);
        Sample.Refused(CertificateFault.NotYetValid, "clock", () => Check(key.Sign(1), now: DateTimeOffset.MinValue));
    }

    [Fact]
    public void Of_several_answers_the_highest_serial_is_believed()
    {
        SignedCertificate[] answers = [key.Sign(4), key.Sign(6), key.Sign(5)];
        Assert.Equal(6, Trust.Newest(answers, Sample.Name)!.Certificate.Serial);
        Assert.Null(Trust.Newest([], Sample.Name));
        Assert.Same(answers[0], Trust.Newest([answers[0]], Sample.Name));
    }

    [Fact]
    public void Answers_of_two_keys_without_a_pin_contradict_each_other() =>
        Sample.Refused(CertificateFault.Contradicted, "service://NAME@KEY", () => Trust.Newest([key.Sign(1), other.Sign(9)], Sample.Name));

    [Fact]
    public void Two_contents_under_one_serial_contradict_each_other() =>
        Sample.Refused(CertificateFault.Contradicted, "must issue one with a higher serial",
            () => Trust.Newest([key.Sign(1), Signed(Sample.Certificate() with { Title = "other" })], Sample.Name));
}
