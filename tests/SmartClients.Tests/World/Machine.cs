using SmartClients.Naming;

namespace SmartClients.Tests.World;

/// <summary>A replica's server: answers after a latency, fails when it should, says nothing when frozen.</summary>
internal sealed class Machine(VirtualTime time, Endpoint endpoint)
{
    public Endpoint Endpoint => endpoint;

    /// <summary>How long the next answer takes.</summary>
    public Func<TimeSpan> Latency { get; set; } = () => TimeSpan.FromMilliseconds(20);

    /// <summary>What the next request fails with, after the latency; <see langword="null"/> for a good answer.</summary>
    public Func<Exception?> Fault { get; set; } = () => null;

    /// <summary>Takes requests and never answers, as after SIGSTOP.</summary>
    public bool Frozen { get; set; }

    /// <summary>Does not even notice that the client hung up.</summary>
    public bool IgnoresCancellation { get; set; }

    /// <summary>Told of each request that arrives.</summary>
    public Action? OnRequest { get; set; }

    public int Received { get; private set; }

    public int Working { get; private set; }

    public int MostWorking { get; private set; }

    public int Cancelled { get; private set; }

    /// <summary>What was counted begins anew.</summary>
    public void Forget() => (Received, MostWorking, Cancelled) = (0, 0, 0);

    public ValueTask<string> ServeAsync(CancellationToken cancel)
    {
        Received++;
        Working++;
        MostWorking = Math.Max(MostWorking, Working);
        OnRequest?.Invoke();
        var (latency, fault) = (Latency(), Fault());
        var answer = new TaskCompletionSource<string>();
        ITimer? timer = null;
        if (!Frozen) timer = time.CreateTimer(_ => Answer(), null, latency, Timeout.InfiniteTimeSpan);
        if (!IgnoresCancellation) cancel.UnsafeRegister(_ => HangUp(), null);
        return new ValueTask<string>(answer.Task);

        void Answer()
        {
            if (answer.Task.IsCompleted) return;
            Working--;
            if (fault is null) answer.TrySetResult(endpoint.Address);
            else answer.TrySetException(fault);
        }

        void HangUp()
        {
            if (answer.Task.IsCompleted) return;
            timer?.Dispose();
            Working--;
            Cancelled++;
            answer.TrySetCanceled(cancel);
        }
    }
}
