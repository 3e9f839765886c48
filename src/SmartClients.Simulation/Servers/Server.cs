using SmartClients.Naming;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Servers;

/// <summary>
/// One replica's machine. Those admitted share its cores evenly, none with more than one core; one that serves first come first served
/// admits as many as it has cores, one that shares its processor admits all.
/// </summary>
/// <remarks>Work is counted on the server's own clock, the service that each admitted job has got so far: jobs end in the order of what
/// they need on that clock, whoever comes and goes meanwhile.</remarks>
internal sealed class Server : Appointment
{
    const double Never = 1e17;

    readonly VirtualTime time;
    readonly int places;
    Job[] serving = new Job[8];
    int admitted;
    Job? firstWaiting;
    Job? lastWaiting;
    int waiting;
    double served;
    long servedAt;

    public Server(VirtualTime time, int index, Endpoint endpoint, int cores, double speed, bool fifo)
    {
        (this.time, Index, Endpoint, Cores, Speed, NominalSpeed) = (time, index, endpoint, cores, speed, speed);
        places = fifo ? cores : int.MaxValue;
        servedAt = time.Now;
    }

    public int Index { get; }

    public Endpoint Endpoint { get; }

    public int Cores { get; }

    /// <summary>What each core does now, in parts of a core at full speed.</summary>
    public double Speed { get; private set; }

    /// <summary>The same as its description says, whatever slows it down.</summary>
    public double NominalSpeed { get; }

    /// <summary>Requests here: being served and waiting.</summary>
    public int Present => admitted + waiting;

    /// <summary>Requests sent here and not answered, those on their way included: what no real client can know.</summary>
    public int Assigned { get; set; }

    /// <summary>Jobs done.</summary>
    public long JobsDone { get; private set; }

    /// <summary>A request has arrived.</summary>
    public void Admit(Job job)
    {
        if (admitted < places)
        {
            Advance();
            Begin(job);
            Reschedule();
            return;
        }
        waiting++;
        job.Previous = lastWaiting;
        job.Next = null;
        if (lastWaiting is null) firstWaiting = job;
        else lastWaiting.Next = job;
        lastWaiting = job;
    }

    /// <summary>A request is no longer wanted.</summary>
    public void Drop(Job job)
    {
        if (job.Seat < 0)
        {
            Unlink(job);
            return;
        }
        Advance();
        Leave(job);
        Reschedule();
    }

    /// <summary>From now on each core does this much.</summary>
    public void Run(double speed)
    {
        Advance();
        Speed = speed;
        Reschedule();
    }

    /// <summary>The next job is done.</summary>
    public override void Happen()
    {
        Advance();
        var done = serving[0];
        // Instants are whole nanoseconds, so the clock may stand a little beyond or before.
        served = Math.Max(served, done.FinishAt);
        Leave(done);
        Reschedule();
        JobsDone++;
        done.Done();
    }

    double Rate => admitted == 0 ? 0 : Speed * Math.Min(1, (double)Cores / admitted);

    void Advance()
    {
        served += (time.Now - servedAt) * Rate;
        servedAt = time.Now;
    }

    void Begin(Job job)
    {
        if (admitted == 0) served = 0;
        job.FinishAt = served + job.Work;
        if (admitted == serving.Length) Array.Resize(ref serving, admitted * 2);
        Rise(admitted++, job);
    }

    void Leave(Job job)
    {
        var place = job.Seat;
        job.Seat = -1;
        var last = serving[--admitted];
        serving[admitted] = null!;
        if (last != job)
        {
            if (place > 0 && last.FinishAt < serving[(place - 1) >> 1].FinishAt) Rise(place, last);
            else Sink(place, last);
        }
        if (firstWaiting is not { } next) return;
        Unlink(next);
        Begin(next);
    }

    void Unlink(Job job)
    {
        waiting--;
        if (job.Previous is null) firstWaiting = job.Next;
        else job.Previous.Next = job.Next;
        if (job.Next is null) lastWaiting = job.Previous;
        else job.Next.Previous = job.Previous;
        job.Previous = job.Next = null;
    }

    void Reschedule()
    {
        var rate = Rate;
        if (rate <= 0) time.CallOff(this);
        else time.Set(this, time.Now + (long)Math.Ceiling(Math.Clamp((serving[0].FinishAt - served) / rate, 0, Never)));
    }

    void Rise(int place, Job job)
    {
        while (place > 0)
        {
            var parent = (place - 1) >> 1;
            if (serving[parent].FinishAt <= job.FinishAt) break;
            Put(place, serving[parent]);
            place = parent;
        }
        Put(place, job);
    }

    void Sink(int place, Job job)
    {
        while (true)
        {
            var child = 2 * place + 1;
            if (child >= admitted) break;
            if (child + 1 < admitted && serving[child + 1].FinishAt < serving[child].FinishAt) child++;
            if (serving[child].FinishAt >= job.FinishAt) break;
            Put(place, serving[child]);
            place = child;
        }
        Put(place, job);
    }

    void Put(int place, Job job)
    {
        serving[place] = job;
        job.Seat = place;
    }
}
