using SmartClients.Naming.Certificates;
using SmartClients.Naming.State;

namespace SmartClients.Naming.Certified;

/// <summary>The certificate that is believed for one name: had from the state at first, and from the finders when asked to renew it. All
/// directors of a name share one. Safe for concurrent use.</summary>
public sealed class CertificateKeeper
{
    readonly Lock gate = new();
    readonly CertifiedNamesOptions options;
    readonly CertificateSearch search;
    KeptCertificate? current;
    bool loaded;
    Exception? trouble;
    Task<KeptCertificate>? renewing;
    Task saving = Task.CompletedTask;

    /// <summary>A keeper for a name. Nothing is read or asked yet.</summary>
    /// <param name="name">The name, without a path.</param>
    /// <param name="options">Where to look and to keep.</param>
    public CertificateKeeper(ServiceName name, CertifiedNamesOptions options)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        (Name, this.options) = (name, options);
        search = new CertificateSearch(name, options.Finders, options.SignatureCheck);
    }

    /// <summary>The name.</summary>
    public ServiceName Name { get; }

    /// <summary>Where is looked, for people.</summary>
    public string Description => search.Description;

    /// <summary>What is believed; <see langword="null"/> while nothing is. It may have ended: its key is the pinned one all the same.</summary>
    public KeptCertificate? Current
    {
        get
        {
            if (Volatile.Read(ref loaded)) return Volatile.Read(ref current);
            lock (gate)
            {
                if (!loaded) current = Load();
                Volatile.Write(ref loaded, true);
                return current;
            }
        }
    }

    /// <summary>Why it could not be renewed the last time; <see langword="null"/> when all is well.</summary>
    public Exception? Trouble => Volatile.Read(ref trouble);

    /// <summary>Another certificate is believed. Raised on the thread that found it.</summary>
    public event Action? Changed;

    /// <summary>Completes when nothing is under way: neither a question nor a write to the state.</summary>
    public async Task SettledAsync()
    {
        while (true)
        {
            Task[] under = [Volatile.Read(ref renewing) ?? Task.CompletedTask, Volatile.Read(ref saving)];
            if (under.All(t => t.IsCompleted)) return;
            await Task.WhenAll(under).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether a certificate may still be used.</summary>
    public static bool IsUsable(KeptCertificate? kept, DateTimeOffset now) =>
        // One that was believed before and is of the future says that the clock was set back since.
        kept is not null && Trust.FreshnessOf(kept.Envelope.Certificate, now) != Freshness.Ended;

    /// <summary>Asks for the newest certificate. Several who ask at once share one answer.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <returns>What is believed now.</returns>
    /// <exception cref="CertificateException">What came cannot be believed.</exception>
    /// <exception cref="IOException">Nobody answered, or (<see cref="FileNotFoundException"/>) nobody knows the name.</exception>
    public Task<KeptCertificate> RenewAsync(TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(time);
        _ = Current;
        Task<KeptCertificate> running;
        lock (gate)
        {
            if (renewing is null or { IsCompleted: true }) renewing = Apart.Begin(() => RenewAsync(time));
            running = renewing;
        }
        return running.WaitAsync(cancel);
    }

    async Task<KeptCertificate> RenewAsync(TimeProvider time)
    {
        // Off the lock that the caller holds.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var known = Current;
            var asked = await search.AskAsync(known?.Envelope, time, CancellationToken.None).ConfigureAwait(false);
            foreach (var refused in asked.Refused) options.Warn?.Invoke(refused.Message);
            var newest = Trust.Newest(asked.Acceptable.Select(a => a.Signed), Name) ?? throw asked.Problem(Name, Description);
            var origin = asked.Acceptable.First(a => a.Signed == newest).Origin;
            // The same one again: what was made of it need not be made anew.
            var same = known is not null && known.Envelope.Document.Span.SequenceEqual(newest.Document.Span);
            var kept = new KeptCertificate(same ? known!.Envelope : newest, time.GetUtcNow(), origin);
            Become(kept, changed: !same);
            Volatile.Write(ref trouble, null);
            Volatile.Write(ref saving, Apart.Begin(() => SaveAsync(kept)));
            return kept;
        }
        catch (Exception error)
        {
            Volatile.Write(ref trouble, error);
            throw;
        }
    }

    void Become(KeptCertificate kept, bool changed)
    {
        lock (gate) Volatile.Write(ref current, kept);
        if (changed) Changed?.Invoke();
    }

    KeptCertificate? Load()
    {
        try
        {
            return options.State?.Read(Name.ToString())?.Certificate is { } saved ? Read(saved) : null;
        }
        catch (Exception error)
        {
            options.Warn?.Invoke($"The kept certificate of {Name} is not believed: {error.Message}");
            return null;
        }
    }

    /// <exception cref="CertificateException">It is not to be believed for this name, whatever the time.</exception>
    KeptCertificate Read(SavedCertificate saved)
    {
        var signed = SignedCertificate.Read(saved.Document, "the kept certificate", options.SignatureCheck);
        Trust.Check(signed, Name, null, signed.Certificate.Issued);
        return new KeptCertificate(signed, saved.Fetched, saved.Origin);
    }

    async Task SaveAsync(KeptCertificate kept)
    {
        if (options.State is not { } state) return;
        KeptCertificate? newer = null;
        try
        {
            await state.UpdateAsync(Name.ToString(), saved =>
            {
                if (saved?.Certificate is { } theirs && Stays(theirs, kept, out newer)) return saved;
                return (saved ?? new SavedService()) with { Certificate = new SavedCertificate(kept.Envelope.Document, kept.Fetched, kept.Origin) };
            }).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A store of a program's own that breaks its word: the next start asks again.
            Telemetry.BadInput("state");
        }
        if (newer is not null) Become(newer, changed: true);
    }

    /// <summary>Whether what another process has kept meanwhile stays: serials never fall, and the first key that this user met stays pinned.</summary>
    /// <param name="theirs">What is kept.</param>
    /// <param name="ours">What is to be kept.</param>
    /// <param name="follow">Theirs, where it follows ours: to be believed here, too.</param>
    bool Stays(SavedCertificate theirs, KeptCertificate ours, out KeptCertificate? follow)
    {
        follow = null;
        KeptCertificate kept;
        try
        {
            kept = Read(theirs);
        }
        catch (CertificateException)
        {
            return false;
        }
        if (kept.Envelope.Document.Span.SequenceEqual(ours.Envelope.Document.Span)) return kept.Fetched - ours.Fetched is { Ticks: > 0 } ahead && ahead < Trust.ClockSkew;
        if (Follows(ours, kept)) return false;
        if (Follows(kept, ours)) follow = kept;
        else options.Warn?.Invoke($"Another process keeps a certificate of {Name} that contradicts the one found: if the service has changed its key, write the new one in the name, as in service://NAME@KEY.");
        return true;
    }

    static bool Follows(KeptCertificate one, KeptCertificate known)
    {
        try
        {
            Trust.CheckSuccessor(one.Envelope, known.Envelope);
            return true;
        }
        catch (CertificateException)
        {
            return false;
        }
    }
}
