using System.Globalization;

namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>One step within its limit of time.</summary>
internal static class Limits
{
    /// <summary>Runs a step. When its time is over, it is cancelled and told as a problem.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="problem">What it means that it takes longer.</param>
    /// <param name="what">What does not come, for people: "no connection".</param>
    /// <param name="step">The step.</param>
    /// <param name="cancel">The caller's.</param>
    public static async ValueTask<T> RunAsync<T>(
        TimeProvider time, TimeSpan limit, FileProblem problem, string what, Func<CancellationToken, ValueTask<T>> step, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await step(both.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not FileException && late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new FileException(problem, $"{what} within {Words(limit)}", error);
        }
    }

    /// <summary>As <see cref="RunAsync{T}"/>, for a step that gives nothing back.</summary>
    public static async ValueTask RunAsync(
        TimeProvider time, TimeSpan limit, FileProblem problem, string what, Func<CancellationToken, ValueTask> step, CancellationToken cancel) =>
        await RunAsync(time, limit, problem, what, async token =>
        {
            await step(token).ConfigureAwait(false);
            return true;
        }, cancel).ConfigureAwait(false);

    /// <summary>A length of time for people.</summary>
    public static string Words(TimeSpan limit) => limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
