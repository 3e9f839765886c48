using SmartClients.Transfer.Mirrors;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>
/// The file is there, its hash is wrong, and no stretch has a hash of its own: whose bytes are wrong? What each mirror delivered is
/// fetched again from the others and compared, until two disagree. A third says who is right; where there is no third, one after the
/// other is taken for the guilty one, and the hash says which was. What the guilty one delivered is fetched from the others.
/// </summary>
/// <param name="job">The download.</param>
/// <param name="crew">What fetches.</param>
/// <param name="isRight">Whether the file's hash is right now.</param>
internal sealed class Inquest(Job job, Crew crew, Func<CancellationToken, Task<bool>> isRight)
{
    const string WrongBytes = "serves wrong bytes";

    /// <summary>Sets the file right.</summary>
    /// <returns>Whether that could be done.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        job.Tell("The file's hash is wrong: what each mirror delivered is compared with what others say");
        while (await FirstDisputeAsync(cancel).ConfigureAwait(false) is { } dispute)
        {
            var (before, now) = (job.Mirrors.At(dispute.SaidBefore), job.Mirrors.At(dispute.SaysNow));
            switch (await ThirdAsync(dispute, cancel).ConfigureAwait(false))
            {
                case { } third when third.AsSpan().SequenceEqual(dispute.Now):
                    if (await WithoutAsync(before, dispute.At, isCertain: true, cancel).ConfigureAwait(false)) return true;
                    break;
                case { } third when third.AsSpan().SequenceEqual(dispute.Before):
                    if (await WithoutAsync(now, dispute.At, isCertain: true, cancel).ConfigureAwait(false)) return true;
                    break;
                default:
                    return await WithoutAsync(before, dispute.At, isCertain: false, cancel).ConfigureAwait(false)
                        || await WithoutAsync(now, dispute.At, isCertain: false, cancel).ConfigureAwait(false);
            }
        }
        return false;
    }

    async Task<Dispute?> FirstDisputeAsync(CancellationToken cancel)
    {
        for (var i = 0; i < job.Map.Layout.Count; i++)
            if (!job.Vouched.ContainsKey(i)) job.Map.Again(i, Doubt.Compare);
        job.Disputes.Clear();
        await crew.RunAsync(() => !job.Disputes.IsEmpty, cancel).ConfigureAwait(false);
        job.Map.EndComparing();
        return job.Disputes.TryDequeue(out var dispute) ? dispute : null;
    }

    // The file without what a mirror delivered, as far as nobody vouches for it.
    async Task<bool> WithoutAsync(Mirror mirror, long at, bool isCertain, CancellationToken cancel)
    {
        job.Suspect(mirror, WrongBytes);
        for (var i = 0; i < job.Map.Layout.Count; i++)
            if (!job.Vouched.ContainsKey(i) && job.Map.Deliveries(i).Any(delivery => delivery.Mirror == mirror.Number)) job.Map.Again(i, Doubt.Replace);
        await crew.RunAsync(null, cancel).ConfigureAwait(false);
        if (!job.Map.IsComplete) throw crew.Hopeless(null);
        var right = await isRight(cancel).ConfigureAwait(false);
        job.TakeBack(mirror);
        if (!right && !isCertain) return false;
        mirror.Failed(WrongBytes);
        job.LeaveOut(mirror, $"{WrongBytes} (byte {at} or soon after it)");
        return right;
    }

    async Task<byte[]?> ThirdAsync(Dispute dispute, CancellationToken cancel)
    {
        try
        {
            return await job.Director.SendAsync(
                async (endpoint, stop) => await ReadAsync(job.Mirrors.Of(endpoint), dispute, stop).ConfigureAwait(false),
                new RequestOptions { LeaveOut = endpoint => IsNoThird(job.Mirrors.Of(endpoint), dispute) }, cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ServiceUnavailableException or FileException)
        {
            return null;
        }
    }

    static bool IsNoThird(Mirror mirror, Dispute dispute) =>
        mirror.Out is not null || mirror.IgnoresParts || mirror.Number == dispute.SaidBefore || mirror.Number == dispute.SaysNow;

    async ValueTask<byte[]> ReadAsync(Mirror mirror, Dispute dispute, CancellationToken cancel)
    {
        await using var file = await job.AskAsync(mirror, (protocol, at) =>
            protocol.OpenAsync(at, new FilePart(dispute.At, dispute.Now.Length) { Version = mirror.Version }, cancel)).ConfigureAwait(false);
        if (!file.Honoured) throw new FileException(FileProblem.Unsupported, "it sends the whole file, whatever part it is asked for");
        var bytes = new byte[dispute.Now.Length];
        await file.Content.ReadExactlyAsync(bytes, cancel).ConfigureAwait(false);
        return bytes;
    }
}
