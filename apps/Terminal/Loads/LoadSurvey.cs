using SmartClients.Learning;
using SmartClients.Naming;

namespace SmartClients.Terminals.Loads;

/// <summary>Asks all machines how loaded they are when one of them is about to be picked, and tells the director. The pick is its own.</summary>
/// <param name="director">It is told.</param>
/// <param name="readers">The ways to ask, each where those before it had no answer.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadSurvey(Director director, IReadOnlyList<LoadReader> readers, TimeProvider time)
{
    const int AtOnce = 32;

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Asks, and waits for the answers as long as it may. What comes later is told all the same.</summary>
    public async Task AskAsync(TimeSpan limit, CancellationToken cancel)
    {
        await director.ReadyAsync(cancel);
        if (readers.Count == 0 || director.Members.Length < 2) return;
        try
        {
            await AskAllAsync(cancel).WaitAsync(limit, time, cancel);
        }
        catch (TimeoutException)
        {
            // Those who did not answer are as loaded as they last said.
        }
    }

    async Task AskAllAsync(CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        var asked = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = both.Token };
        await Parallel.ForEachAsync(director.Members.Select(member => member.Endpoint), asked, async (endpoint, stop) =>
        {
            foreach (var reader in readers)
                if (await reader.ReadAsync(endpoint, stop) is { HasFigures: true } report)
                {
                    director.Report(endpoint.Address, report, ReportSource.Polled);
                    return;
                }
        });
    }
}
