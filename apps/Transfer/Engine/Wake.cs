namespace SmartClients.Transfer.Engine;

/// <summary>A bell: rung while nobody listens, it is heard by the next who does.</summary>
internal sealed class Wake
{
    TaskCompletionSource bell = New();

    /// <summary>Completes when it is rung.</summary>
    public Task Rung => Volatile.Read(ref bell).Task;

    public void Up() => Volatile.Read(ref bell).TrySetResult();

    /// <summary>Has been heard.</summary>
    public void Heard()
    {
        if (Rung.IsCompleted) Volatile.Write(ref bell, New());
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
