using System.Collections.Immutable;
using SmartClients.Naming.Certificates;

namespace SmartClients.Naming.Certified;

/// <summary>Asks all finders at once. Once one has given something to believe, the others get a moment more; none gets longer than the
/// limit, however slowly its answer drips in.</summary>
internal sealed class CertificateSearch(ServiceName name, ImmutableArray<CertificateFinder> finders, SignatureCheck? check)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    const int MostDocuments = 16;

    /// <summary>Where is asked, for people.</summary>
    public string Description => finders.IsEmpty ? "nowhere to look: no directory is configured" : string.Join(", ", finders.Select(f => f.Description));

    /// <param name="known">What is believed now.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Asked> AskAsync(SignedCertificate? known, TimeProvider time, CancellationToken cancel)
    {
        var asked = new Asked();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var limit = Task.Delay(Limit, time, stop.Token);
        var pending = finders.Select(finder => (Finder: finder, Answer: OneAsync(finder, time, stop.Token))).ToList();
        while (pending.Count > 0)
        {
            var next = await Task.WhenAny(pending.Select(p => (Task)p.Answer).Append(limit)).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            if (next == limit) break;
            var (finder, answer) = pending.Find(p => p.Answer == next);
            pending.RemoveAll(p => p.Answer == next);
            var before = asked.Acceptable.Count;
            await TakeAsync(asked, finder, answer, known, time).ConfigureAwait(false);
            if (before == 0 && asked.Acceptable.Count > 0) limit = Task.Delay(Moment, time, stop.Token);
        }
        foreach (var (finder, _) in pending) asked.Silent.Add($"{finder.Description}: no answer in time");
        await stop.CancelAsync().ConfigureAwait(false);
        return asked;
    }

    async Task TakeAsync(Asked asked, CertificateFinder finder, Task<ImmutableArray<FoundCertificate>> answer, SignedCertificate? known, TimeProvider time)
    {
        ImmutableArray<FoundCertificate> found;
        try
        {
            found = await answer.ConfigureAwait(false);
        }
        catch (FileNotFoundException error)
        {
            asked.Nobody.Add($"{finder.Description}: {error.Message.TrimEnd('.')}");
            return;
        }
        catch (Exception error)
        {
            asked.Silent.Add($"{finder.Description}: {error.Message.TrimEnd('.')}");
            return;
        }
        foreach (var one in found.IsDefault ? [] : found.Take(MostDocuments))
        {
            try
            {
                var signed = SignedCertificate.Read(one.Document, one.Origin, check);
                Trust.Check(signed, name, known, time.GetUtcNow());
                asked.Acceptable.Add((signed, one.Origin));
            }
            catch (CertificateException error)
            {
                Telemetry.BadInput("certificate");
                asked.Refused.Add(new CertificateException(error.Fault, error.Message.Contains(one.Origin, StringComparison.Ordinal) ? error.Message : $"{one.Origin}: {error.Message}", error));
            }
        }
    }

    // Not on the caller's thread: a finder may begin with work.
    async Task<ImmutableArray<FoundCertificate>> OneAsync(CertificateFinder finder, TimeProvider time, CancellationToken cancel) =>
        await finder.FindAsync(name, time, cancel).ConfigureAwait(false);
}
