using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SmartClients.Naming.Certificates;

namespace SmartClients.Naming.Certified;

/// <summary>
/// A name that leads to a signed certificate, and by it to the members (§3.2 of the paper): <c>service://quotes</c>, or the address of a
/// certificate. It begins with what an earlier process kept, so that a start needs no network; the certificate is then looked at again
/// in the background, and its sources of members are watched, the preferred one first. Nothing is believed that the certificate's key
/// did not sign, or that something signed does not name.
/// </summary>
public sealed class CertifiedNames : NameSource
{
    readonly CertificateKeeper keeper;
    readonly Opening opening;
    readonly CertifiedNamesOptions options;
    volatile TaskCompletionSource wake = New();
    volatile SourceChain? chain;
    volatile bool nudged;
    ImmutableArray<Endpoint> latest = [];
    Advice? told;

    /// <summary>The members behind a certificate.</summary>
    /// <param name="keeper">Keeps the certificate; shared by all who use the same name.</param>
    /// <param name="opening">What the certificate's own sources are opened with.</param>
    /// <param name="options">As the keeper's.</param>
    public CertifiedNames(CertificateKeeper keeper, Opening opening, CertifiedNamesOptions options)
    {
        ArgumentNullException.ThrowIfNull(keeper);
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentNullException.ThrowIfNull(options);
        (this.keeper, this.opening, this.options) = (keeper, opening, options);
        told = Advice;
    }

    /// <summary>The certificate, and how to renew it.</summary>
    public CertificateKeeper Keeper => keeper;

    /// <summary>Whether the certificate is due to be looked at again.</summary>
    public bool IsDue => keeper.Current is not { } kept || Revalidation.Wait(kept, 0, options.Time.GetUtcNow(), 1) == TimeSpan.Zero;

    /// <inheritdoc/>
    public override string Description => $"{keeper.Name} ({keeper.Description})";

    /// <inheritdoc/>
    public override bool IsCertified => true;

    /// <inheritdoc/>
    public override AddressRules? Addresses => opening.Addresses;

    /// <inheritdoc/>
    public override Advice? Advice => keeper.Current is { } kept ? Naming.Advice.Of(kept.Envelope.Certificate) : null;

    /// <summary>The endpoints of a certificate that is kept and may still be used.</summary>
    public override MemberSet? Immediate => Usable is { Endpoints.IsEmpty: false } certificate ? Accepted(Hint(certificate), certificate) : null;

    /// <summary>The members that an earlier process knew, however long ago, as long as the certificate may be used.</summary>
    public override MemberSet? Recall(MemberSet saved, TimeSpan age)
    {
        if (Usable is not { } certificate || Accepted(saved, certificate) is not { } accepted) return null;
        latest = accepted.Endpoints;
        return accepted;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(time);
        // Only the newest set counts.
        var sets = Channel.CreateBounded<MemberSet>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = WorkAsync(sets.Writer, time, stop.Token);
        try
        {
            await foreach (var set in sets.Reader.ReadAllAsync(cancel).ConfigureAwait(false)) yield return set;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Has the sources asked again, and the certificate looked at, though not more often than once a minute.</summary>
    public override void Nudge()
    {
        chain?.Nudge();
        nudged = true;
        wake.TrySetResult();
    }

    ServiceCertificate? Usable =>
        keeper.Current is { } kept && CertificateKeeper.IsUsable(kept, options.Time.GetUtcNow()) ? kept.Envelope.Certificate : null;

    async Task WorkAsync(ChannelWriter<MemberSet> to, TimeProvider time, CancellationToken cancel)
    {
        void Woken() => wake.TrySetResult();
        keeper.Changed += Woken;
        try
        {
            var kept = keeper.Current;
            if (!CertificateKeeper.IsUsable(kept, time.GetUtcNow())) kept = await keeper.RenewAsync(time, cancel).ConfigureAwait(false);
            while (true) kept = await ServeAsync(kept!, to, time, cancel).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            to.TryComplete(Ended(error, time));
        }
        finally
        {
            keeper.Changed -= Woken;
        }
    }

    // Whatever keeps a certificate that has ended from being renewed, that it has ended is what counts.
    Exception Ended(Exception error, TimeProvider time)
    {
        if (error is OperationCanceledException || keeper.Current is not { } kept || CertificateKeeper.IsUsable(kept, time.GetUtcNow())) return error;
        return new CertificateException(CertificateFault.Expired,
            $"The certificate of {keeper.Name} ended at {kept.Envelope.Certificate.Expires:u} and cannot be renewed: {error.Message}", error);
    }

    /// <summary>Tells the members of one certificate until another takes its place.</summary>
    async Task<KeptCertificate> ServeAsync(KeptCertificate kept, ChannelWriter<MemberSet> to, TimeProvider time, CancellationToken cancel)
    {
        var certificate = kept.Envelope.Certificate;
        // Before its members are told: whoever waits for them is to go by it.
        if (told != Advice)
        {
            told = Advice;
            TellAdvised();
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var members = MembersAsync(kept, to, time, stop.Token);
        var changed = UntilChangedAsync(kept, time, stop.Token);
        try
        {
            await Task.WhenAny(members, changed).ConfigureAwait(false);
            // Members that cannot be learnt end the watch; a fixed set simply stays.
            if (members is { IsCompleted: true, IsCompletedSuccessfully: false }) await members.ConfigureAwait(false);
            return await changed.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(members, changed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task MembersAsync(KeptCertificate kept, ChannelWriter<MemberSet> to, TimeProvider time, CancellationToken cancel)
    {
        var certificate = kept.Envelope.Certificate;
        if (!certificate.Endpoints.IsEmpty && Accepted(Hint(certificate), certificate) is { } hint) Tell(hint);
        if (certificate.Sources.IsEmpty)
        {
            if (latest.IsEmpty) throw new CertificateException(CertificateFault.Malformed, $"The certificate of {keeper.Name} names no endpoint that may be used, and no source.");
            return;
        }
        var sources = new SourceChain(Open(kept), set => Refusal(set, certificate), options.Random);
        chain = sources;
        try
        {
            await sources.RunAsync(Tell, time, cancel).ConfigureAwait(false);
        }
        finally
        {
            chain = null;
        }

        void Tell(MemberSet set)
        {
            if (!set.IsHint || latest.IsEmpty) latest = set.Endpoints;
            to.TryWrite(set);
        }
    }

    List<NameSource> Open(KeptCertificate kept)
    {
        var certificate = kept.Envelope.Certificate;
        var with = opening with
        {
            SignedBy = certificate.SignedMembers ? kept.Envelope.Key : null,
            Service = certificate.Name,
            Scheme = certificate.Interface.Scheme,
            DefaultPort = certificate.Interface.Scheme == "https" ? 443 : opening.DefaultPort,
            Known = () => latest,
        };
        List<NameSource> sources = [];
        List<string> troubles = [];
        foreach (var name in certificate.Sources)
        {
            try
            {
                var source = opening.Names.Open(ServiceName.Parse(name), with);
                if (source.IsCertified) throw new FormatException($"'{name}' leads to a certificate, and not to members");
                sources.Add(source);
            }
            catch (Exception error) when (error is FormatException or ArgumentException)
            {
                // Another program may know this form; the next source may be known here.
                troubles.Add(error.Message);
                options.Warn?.Invoke($"A source in the certificate of {keeper.Name} is left out: {error.Message}");
            }
        }
        return sources.Count > 0 ? sources
            : throw new FormatException($"No source in the certificate of {keeper.Name} can be used here: {string.Join(' ', troubles)}");
    }

    async Task<KeptCertificate> UntilChangedAsync(KeptCertificate kept, TimeProvider time, CancellationToken cancel)
    {
        var failures = 0;
        var asked = DateTimeOffset.MinValue;
        while (true)
        {
            if (keeper.Current is { } other && other.Envelope != kept.Envelope) return other;
            var now = time.GetUtcNow();
            var wait = Revalidation.Wait(keeper.Current ?? kept, failures, now, options.Random.NextDouble());
            var soon = Revalidation.Soon - (now - asked);
            if (nudged && soon < wait) wait = soon > TimeSpan.Zero ? soon : TimeSpan.Zero;
            if (await WokenAsync(wait, time, cancel).ConfigureAwait(false)) continue;
            (nudged, asked) = (false, time.GetUtcNow());
            try
            {
                await keeper.RenewAsync(time, cancel).ConfigureAwait(false);
                failures = 0;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                failures++;
                if (!CertificateKeeper.IsUsable(keeper.Current, time.GetUtcNow())) throw;
            }
        }
    }

    // False when the time is over: something is due.
    async Task<bool> WokenAsync(TimeSpan wait, TimeProvider time, CancellationToken cancel)
    {
        if (wait == TimeSpan.Zero) return false;
        try
        {
            await wake.Task.WaitAsync(wait, time, cancel).ConfigureAwait(false);
            wake = New();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    static MemberSet Hint(ServiceCertificate certificate) =>
        new(certificate.Endpoints, $"certificate {certificate.Serial}") { IsHint = !certificate.Sources.IsEmpty };

    MemberSet? Accepted(MemberSet set, ServiceCertificate certificate) => Refusal(set, certificate) is null ? set : null;

    string? Refusal(MemberSet set, ServiceCertificate certificate)
    {
        if (MemberRules.Refuses(set, certificate.Limits, opening.Addresses) is not { } why) return null;
        CountIgnored("member set");
        options.Warn?.Invoke($"A set of members of {keeper.Name} is refused: {why}.");
        return why;
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
