using SmartClients.Directories.Publishing;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Publishing;

/// <summary>Who may publish what under a name.</summary>
public sealed class PublicationRulesTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    readonly Publisher owner = new();
    readonly Publisher other = new();
    readonly PublicationRules rules = PublicationRules.ForPublishers;

    static SignedCertificate Sign(Publisher who, long serial, Func<ServiceCertificate, ServiceCertificate>? with = null, SignedCertificate? previous = null)
    {
        var draft = Publisher.Draft("quotes", serial, Now.AddDays(-1));
        return who.Sign(with?.Invoke(draft) ?? draft, previous);
    }

    CertificateFault Refused(SignedCertificate candidate, SignedCertificate? known) =>
        Assert.Throws<CertificateException>(() => rules.Decide(candidate, known, Now)).Fault;

    [Fact]
    public void The_first_key_takes_the_name_and_replaces_its_own()
    {
        var first = Sign(owner, 1);
        var next = Sign(owner, 2);

        Assert.Equal((first, Publication.Created), rules.Decide(first, null, Now));
        Assert.Equal((next, Publication.Replaced), rules.Decide(next, first, Now));
    }

    [Fact]
    public void The_same_again_changes_nothing()
    {
        var first = Sign(owner, 1);
        var again = SignedCertificate.Read(first.Document, "again");

        Assert.Equal((first, Publication.Same), rules.Decide(again, first, Now));
    }

    [Fact]
    public void Another_key_is_refused_whatever_its_serial() => Assert.Equal(CertificateFault.WrongKey, Refused(Sign(other, 99), Sign(owner, 1)));

    [Fact]
    public void An_older_serial_is_refused() => Assert.Equal(CertificateFault.RolledBack, Refused(Sign(owner, 6), Sign(owner, 7)));

    [Fact]
    public void One_serial_has_one_content() =>
        Assert.Equal(CertificateFault.RolledBack, Refused(Sign(owner, 7, c => c with { Title = "Other" }), Sign(owner, 7)));

    [Fact]
    public void What_has_ended_is_not_published_but_is_taken_over_from_a_peer()
    {
        var ended = Sign(owner, 1, c => c with { Issued = Now.AddDays(-40), Expires = Now.AddDays(-1) });

        Assert.Equal(CertificateFault.Expired, Refused(ended, null));
        Assert.Equal(Publication.Created, PublicationRules.ForPeers.Decide(ended, null, Now).Publication);
    }

    [Fact]
    public void What_is_issued_in_the_future_is_refused_from_peers_too()
    {
        var early = Sign(owner, 1, c => c with { Issued = Now.AddDays(1) });

        Assert.Equal(CertificateFault.NotYetValid, Refused(early, null));
        Assert.Throws<CertificateException>(() => PublicationRules.ForPeers.Decide(early, null, Now));
    }

    [Fact]
    public void A_key_that_was_named_next_takes_over_and_the_lineage_is_added()
    {
        var last = Sign(owner, 1, c => c with { NextKey = other.Key });
        var bare = Sign(other, 2);

        var (kept, publication) = rules.Decide(bare, last, Now);

        Assert.Equal(Publication.Replaced, publication);
        Assert.True(kept.Payload.Span.SequenceEqual(bare.Payload.Span));
        Assert.Equal([owner.Key], kept.Lineage.Select(one => one.Key));
        Trust.Check(kept, Naming.ServiceName.OfService("quotes", owner.Key), null, Now);
    }

    [Fact]
    public void A_lineage_that_the_publisher_sent_is_kept_byte_for_byte()
    {
        var last = Sign(owner, 1, c => c with { NextKey = other.Key });
        var successor = Sign(other, 2, previous: last);

        Assert.True(rules.Decide(successor, last, Now).Kept.Document.Span.SequenceEqual(successor.Document.Span));
    }

    [Fact]
    public void The_lineage_outlives_certificates_that_come_without_it()
    {
        var last = Sign(owner, 1, c => c with { NextKey = other.Key });
        var second = rules.Decide(Sign(other, 2), last, Now).Kept;

        var third = rules.Decide(Sign(other, 3), second, Now).Kept;

        Assert.Equal([owner.Key], third.Lineage.Select(one => one.Key));
    }

    [Fact]
    public void The_key_that_handed_over_signs_nothing_more()
    {
        var last = Sign(owner, 1, c => c with { NextKey = other.Key });
        var second = rules.Decide(Sign(other, 2), last, Now).Kept;

        Assert.Equal(CertificateFault.WrongKey, Refused(Sign(owner, 3), second));
    }

    [Fact]
    public void A_directory_that_missed_a_rotation_follows_the_lineage_that_it_is_sent()
    {
        using var third = new Publisher();
        var first = Sign(owner, 1, c => c with { NextKey = other.Key });
        var second = Sign(other, 2, c => c with { NextKey = third.Key }, first);
        var latest = Sign(third, 3, previous: second);

        var kept = rules.Decide(latest, first, Now).Kept;

        Assert.Equal([owner.Key, other.Key], kept.Lineage.Select(one => one.Key));
    }

    [Fact]
    public void A_long_history_keeps_the_eight_last_keys()
    {
        List<Publisher> keys = [.. Enumerable.Range(0, 11).Select(_ => new Publisher())];
        var known = Sign(keys[0], 1, c => c with { NextKey = keys[1].Key });
        for (var i = 1; i < keys.Count; i++)
            known = rules.Decide(Sign(keys[i], i + 1, c => c with { NextKey = i + 1 < keys.Count ? keys[i + 1].Key : null }), known, Now).Kept;

        Assert.Equal(keys[2..10].Select(key => key.Key), known.Lineage.Select(one => one.Key));
        keys.ForEach(key => key.Dispose());
    }

    public void Dispose()
    {
        owner.Dispose();
        other.Dispose();
    }
}
