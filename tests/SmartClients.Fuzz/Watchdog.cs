namespace SmartClients.Fuzz;

/// <summary>A thread that ends the program when one input takes too long, and names the input.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>What takes longer hangs. Generous: the machine may be busy with something else.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    sealed record Reading(string Target, byte[] Input, long Since);

    readonly TimeProvider time;
    readonly Action<string, byte[]> hung;
    readonly ManualResetEventSlim done = new();
    readonly Thread thread;
    Reading? reading;

    public Watchdog(TimeProvider time, Action<string, byte[]> hung)
    {
        (this.time, this.hung) = (time, hung);
        thread = new Thread(Watch) { IsBackground = true, Name = "watchdog" };
        thread.Start();
    }

    public void Begin(string target, byte[] input) => Volatile.Write(ref reading, new Reading(target, input, time.GetTimestamp()));

    public void End() => Volatile.Write(ref reading, null);

    void Watch()
    {
        while (!done.Wait(TimeSpan.FromMilliseconds(200)))
            if (Volatile.Read(ref reading) is { } now && time.GetElapsedTime(now.Since) > Limit)
            {
                hung(now.Target, now.Input);
                Environment.Exit(1);
            }
    }

    public void Dispose()
    {
        done.Set();
        thread.Join();
        done.Dispose();
    }
}
