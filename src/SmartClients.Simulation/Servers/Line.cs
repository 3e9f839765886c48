namespace SmartClients.Simulation.Servers;

/// <summary>Jobs that wait for a place, the first come in front; any of them may give up.</summary>
internal sealed class Line
{
    Job? first;
    Job? last;

    public int Count { get; private set; }

    public void Join(Job job)
    {
        (job.Previous, job.Next) = (last, null);
        if (last is null) first = job;
        else last.Next = job;
        last = job;
        Count++;
    }

    /// <summary>The first in line, who leaves it; <see langword="null"/> when nobody waits.</summary>
    public Job? Call()
    {
        var job = first;
        if (job is not null) Leave(job);
        return job;
    }

    public void Leave(Job job)
    {
        if (job.Previous is null) first = job.Next;
        else job.Previous.Next = job.Next;
        if (job.Next is null) last = job.Previous;
        else job.Next.Previous = job.Previous;
        (job.Previous, job.Next) = (null, null);
        Count--;
    }
}
