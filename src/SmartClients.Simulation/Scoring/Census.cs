using SmartClients.Simulation.Servers;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Scoring;

/// <summary>Counts the requests present at every server, at even intervals.</summary>
internal sealed class Census(VirtualTime time, IReadOnlyList<Server> servers, long from) : Appointment
{
    const long Interval = VirtualTime.Second / 10;
    const int Most = 4096;

    readonly long[] counts = new long[Most];
    long taken;

    public void Begin() => time.Set(this, from);

    public override void Happen()
    {
        foreach (var server in servers) counts[Math.Min(server.Present, Most - 1)]++;
        taken += servers.Count;
        time.Set(this, time.Now + Interval);
    }

    public int Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * taken);
        long below = 0;
        for (var present = 0; present < Most; present++)
            if ((below += counts[present]) >= rank) return present;
        return Most;
    }
}
