using System.Runtime.CompilerServices;

namespace SmartClients.Http.Rehearsing;

/// <summary>What runs once in a process, beside its work, so that it is compiled when it is needed.</summary>
/// <remarks>The switch of the application context <c>SmartClients.Http.Rehearsal</c>, set to <see langword="false"/>, leaves it out.</remarks>
internal sealed class Rehearsed(Func<Task> play)
{
    /// <summary>A program that lives shorter than this, a command say, is not burdened with it; nor are a program's first requests.</summary>
    static readonly TimeSpan After = TimeSpan.FromSeconds(1);

    int begun;

    /// <summary>Whether anything is compiled here as it runs. Known where a program is compiled ahead of time or trimmed for a browser: what is asked for
    /// behind it is not in such a program at all.</summary>
    public static bool IsOfUse => RuntimeFeature.IsDynamicCodeCompiled && !OperatingSystem.IsBrowser();

    static bool IsWanted => !AppContext.TryGetSwitch("SmartClients.Http.Rehearsal", out var wanted) || wanted;

    /// <summary>Begins it, unless it has begun already. To be asked for only where it <see cref="IsOfUse"/>.</summary>
    public void Soon()
    {
        if (!IsWanted || Interlocked.Exchange(ref begun, 1) != 0) return;
        // Nothing of whoever was first is to flow along.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _ = Task.Delay(After, TimeProvider.System, CancellationToken.None).ContinueWith(
            static (_, play) => ((Func<Task>)play!)(), play, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
