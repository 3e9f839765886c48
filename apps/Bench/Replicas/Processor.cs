using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Scripts;

namespace SmartClients.Bench.Replicas;

/// <summary>
/// The machine of one replica, in real time: requests share its cores evenly, none with more than one; where it serves first come, first
/// served, it admits as many as it has cores. The same as the simulator's server, with a clock that nobody can turn.
/// </summary>
/// <remarks>Work is counted on a clock of its own, the service that each admitted request has got so far.</remarks>
internal sealed class Processor : IDisposable
{
    // Timers go by whole milliseconds: what is done to the nearest one is done.
    const double SlackMs = 0.5;

    sealed class Job(double work)
    {
        public double Work => work;

        public bool IsDropped { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    readonly TimeProvider time;
    readonly Lock gate = new();
    readonly PriorityQueue<Job, double> bench = new();
    readonly Queue<Job> line = new();
    readonly ITimer timer;
    Condition condition;
    double served;
    long servedAt;

    public Processor(TimeProvider time, Condition condition)
    {
        (this.time, this.condition, servedAt) = (time, condition, time.GetTimestamp());
        timer = time.CreateTimer(static self => ((Processor)self!).Finish(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From now on it is like this.</summary>
    public void Turn(Condition now)
    {
        lock (gate)
        {
            Advance();
            condition = now;
            Admit();
            Reschedule();
        }
    }

    /// <summary>Waits until a request's work is done.</summary>
    /// <param name="workMs">Of a core at full speed.</param>
    /// <param name="cancel">It is no longer wanted.</param>
    public async Task ServeAsync(double workMs, CancellationToken cancel)
    {
        var job = new Job(workMs);
        lock (gate)
        {
            Advance();
            line.Enqueue(job);
            Admit();
            Reschedule();
        }
        await using (cancel.UnsafeRegister(_ => Drop(job), null).ConfigureAwait(false)) await job.Done.Task.ConfigureAwait(false);
    }

    double Rate => bench.Count == 0 ? 0 : condition.Speed * Math.Min(1, condition.Cores / bench.Count);

    int Places => condition.Order == ServiceOrder.Fifo ? (int)Math.Ceiling(condition.Cores) : int.MaxValue;

    void Finish()
    {
        lock (gate)
        {
            Advance();
            while (bench.TryPeek(out _, out var at) && at - served <= SlackMs * Rate) bench.Dequeue().Done.TrySetResult();
            Admit();
            Reschedule();
        }
    }

    void Drop(Job job)
    {
        lock (gate)
        {
            Advance();
            job.IsDropped = true;
            bench.Remove(job, out _, out _);
            Admit();
            Reschedule();
        }
        job.Done.TrySetCanceled();
    }

    void Admit()
    {
        if (bench.Count == 0) served = 0;
        while (bench.Count < Places && line.TryDequeue(out var job))
            if (!job.IsDropped) bench.Enqueue(job, served + job.Work);
    }

    void Advance()
    {
        var now = time.GetTimestamp();
        served += time.GetElapsedTime(servedAt, now).TotalMilliseconds * Rate;
        servedAt = now;
    }

    void Reschedule()
    {
        if (Rate <= 0 || !bench.TryPeek(out _, out var at)) timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        else timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(Math.Round((at - served) / Rate), 0, 1e9)), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();
}
