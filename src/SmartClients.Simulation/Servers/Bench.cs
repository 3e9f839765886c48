namespace SmartClients.Simulation.Servers;

/// <summary>The jobs that a server works on, the one that ends first in front: a heap in which a job knows its seat.</summary>
internal sealed class Bench
{
    Job[] seats = new Job[8];

    public int Count { get; private set; }

    /// <summary>The job that needs the least.</summary>
    public Job First => seats[0];

    public void Add(Job job)
    {
        if (Count == seats.Length) Array.Resize(ref seats, Count * 2);
        Rise(Count++, job);
    }

    public void Remove(Job job)
    {
        var seat = job.Seat;
        job.Seat = -1;
        var last = seats[--Count];
        seats[Count] = null!;
        if (last == job) return;
        if (seat > 0 && last.FinishAt < seats[(seat - 1) >> 1].FinishAt) Rise(seat, last);
        else Sink(seat, last);
    }

    void Rise(int seat, Job job)
    {
        while (seat > 0)
        {
            var parent = (seat - 1) >> 1;
            if (seats[parent].FinishAt <= job.FinishAt) break;
            Put(seat, seats[parent]);
            seat = parent;
        }
        Put(seat, job);
    }

    void Sink(int seat, Job job)
    {
        while (true)
        {
            var child = 2 * seat + 1;
            if (child >= Count) break;
            if (child + 1 < Count && seats[child + 1].FinishAt < seats[child].FinishAt) child++;
            if (seats[child].FinishAt >= job.FinishAt) break;
            Put(seat, seats[child]);
            seat = child;
        }
        Put(seat, job);
    }

    void Put(int seat, Job job)
    {
        seats[seat] = job;
        job.Seat = seat;
    }
}
