using SmartClients.Naming;

namespace SmartClients.Http.Directories;

/// <summary>Which directory each of two questions went to, so that they never go to the same one.</summary>
internal sealed class TwoAsked
{
    readonly Lock gate = new();
    readonly HashSet<Endpoint>[] asked = [[], []];
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the first question is under way.</summary>
    public Task Begun => begun.Task;

    /// <summary>A question goes to a directory.</summary>
    public void Note(int question, Endpoint directory)
    {
        lock (gate) asked[question].Add(directory);
        begun.TrySetResult();
    }

    /// <summary>What a question must leave to the other.</summary>
    public bool IsOthers(int question, Endpoint directory)
    {
        lock (gate) return asked[1 - question].Contains(directory);
    }
}
