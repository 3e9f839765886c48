using SmartClients.Naming;
using SmartClients.Simulation.Describing;
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
    readonly Bench bench = new();
    readonly Line line = new();
    readonly List<(double Factor, Taking Of)> factors = [];
    double cores;
    double served;
    double busy;
    long servedAt;

    public Server(VirtualTime time, int index, Endpoint endpoint, int cores, double speed, bool fifo)
    {
        (this.time, Index, Endpoint, Cores, Speed, NominalSpeed) = (time, index, endpoint, cores, speed, speed);
        this.cores = cores;
        places = fifo ? cores : int.MaxValue;
        servedAt = time.Now;
    }

    public int Index { get; }

    public Endpoint Endpoint { get; }

    public int Cores { get; }

    /// <summary>What each core does now, in parts of a core at full speed.</summary>
    public double Speed { get; private set; }

    /// <summary>Cores that are left to it now.</summary>
    public double CoresLeft => cores;

    /// <summary>The same as its description says, whatever slows it down.</summary>
    public double NominalSpeed { get; }

    public ServiceOrder Order => places == int.MaxValue ? ServiceOrder.Sharing : ServiceOrder.Fifo;

    /// <summary>Requests here: being served and waiting.</summary>
    public int Present => bench.Count + line.Count;

    /// <summary>Requests sent here and not answered, those on their way included: what no real client can know.</summary>
    public int Assigned { get; set; }

    /// <summary>What goes wrong for requests that arrive.</summary>
    public Health Health { get; } = new();

    /// <summary>What it says of its load, where it says anything.</summary>
    public LoadGauge? Gauge { get; set; }

    /// <summary>Nanoseconds that all its cores together were busy.</summary>
    public double Busy
    {
        get
        {
            Advance();
            return busy;
        }
    }

    /// <summary>A request has arrived.</summary>
    public void Admit(Job job)
    {
        (job.ArrivedAt, job.PresentBefore) = (time.Now, Present);
        if (bench.Count >= places)
        {
            line.Join(job);
            return;
        }
        Advance();
        Begin(job);
        Reschedule();
    }

    /// <summary>A request is no longer wanted.</summary>
    public void Drop(Job job)
    {
        Gauge?.GivenUp(job, time.Now);
        if (job.Seat < 0)
        {
            line.Leave(job);
            return;
        }
        Advance();
        End(job);
        Reschedule();
    }

    /// <summary>Everything here is lost.</summary>
    public void Crash()
    {
        List<Job> lost = [];
        while (Present > 0)
        {
            var job = bench.Count > 0 ? bench.First : line.Call()!;
            if (job.Seat >= 0) Drop(job);
            lost.Add(job);
        }
        foreach (var job in lost) job.Lost();
    }

    /// <summary>Room for one more thing that slows it down.</summary>
    /// <returns>What to tell <see cref="Slow"/>.</returns>
    public int AddFactor(Taking of = Taking.Speed)
    {
        factors.Add((1, of));
        return factors.Count - 1;
    }

    /// <summary>From now on one of the things that slow it down leaves this much. Their order is fixed, so that the product is the same
    /// whenever they are.</summary>
    public void Slow(int which, double factor)
    {
        Advance();
        factors[which] = factors[which] with { Factor = factor };
        (Speed, cores) = (NominalSpeed, Cores);
        foreach (var (left, of) in factors)
            if (of == Taking.Speed) Speed *= left;
            else cores *= left;
        Reschedule();
    }

    /// <summary>The next job is done.</summary>
    public override void Happen()
    {
        Advance();
        var job = bench.First;
        // Instants are whole nanoseconds, so the clock may stand a little before.
        served = Math.Max(served, job.FinishAt);
        End(job);
        Reschedule();
        Gauge?.Done(job, time.Now);
        job.Done();
    }

    double Rate => bench.Count == 0 ? 0 : Speed * Math.Min(1, cores / bench.Count);

    void Advance()
    {
        var passed = time.Now - servedAt;
        served += passed * Rate;
        busy += passed * Math.Min(cores, bench.Count);
        servedAt = time.Now;
    }

    void Begin(Job job)
    {
        if (bench.Count == 0) served = 0;
        job.FinishAt = served + job.Work;
        bench.Add(job);
    }

    void End(Job job)
    {
        bench.Remove(job);
        if (line.Call() is { } next) Begin(next);
    }

    void Reschedule()
    {
        var rate = Rate;
        if (rate <= 0) time.CallOff(this);
        else time.Set(this, time.Now + (long)Math.Ceiling(Math.Clamp((bench.First.FinishAt - served) / rate, 0, Never)));
    }
}
