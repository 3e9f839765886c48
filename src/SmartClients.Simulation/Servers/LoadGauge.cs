using SmartClients.Learning;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Servers;

/// <summary>What a helping server knows of its own load: requests in flight as they are, rates and use of the processor over a window, and
/// how long requests take.</summary>
internal sealed class LoadGauge(Server server, VirtualTime time, long window)
{
    readonly LatencyMemory memory = new();
    long since = time.Now;
    long answered;
    long failed;
    double busyBefore;
    (double Rps, double Eps, double Use) rates;
    LoadReport? last;
    int lastPresent = -1;

    /// <summary>A job was done.</summary>
    public void Done(Job job, long now)
    {
        answered++;
        memory.Add(job.PresentBefore, now - job.ArrivedAt);
        last = null;
    }

    /// <summary>A client has hung up: its request would have taken longer still, and a server that finishes only small ones must not look fast.</summary>
    public void GivenUp(Job job, long now)
    {
        memory.Add(job.PresentBefore, now - job.ArrivedAt);
        last = null;
    }

    /// <summary>A request was answered with an error.</summary>
    public void Failed()
    {
        failed++;
        last = null;
    }

    /// <summary>The report as it stands.</summary>
    public LoadReport Read()
    {
        if (time.Now - since >= window) Roll();
        if (last is not null && lastPresent == server.Present) return last;
        lastPresent = server.Present;
        return last = new LoadReport
        {
            RequestsInFlight = server.Present,
            Latency = memory.Median(server.Present),
            CpuUtilization = rates.Use,
            RequestsPerSecond = rates.Rps,
            ErrorsPerSecond = rates.Eps,
        };
    }

    void Roll()
    {
        var seconds = (time.Now - since) / (double)VirtualTime.Second;
        var busy = server.Busy;
        rates = (answered / seconds, failed / seconds, (busy - busyBefore) / (seconds * VirtualTime.Second * server.Cores));
        (since, answered, failed, busyBefore, last) = (time.Now, 0, 0, busy, null);
    }
}
