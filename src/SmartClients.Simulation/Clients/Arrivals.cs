using SmartClients.Simulation.Laws;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Clients;

/// <summary>The requests of all clients together, whatever becomes of the earlier ones: a Poisson stream of which each client gets its
/// part at random is as many Poisson streams.</summary>
internal sealed class Arrivals(World world, Law gap, Law work, double perSecond, double meanWork, Chance chance) : Appointment
{
    readonly double meanGap = VirtualTime.Second / perSecond;
    double at = world.Time.Now;
    long begun;

    public void Begin() => Next();

    public override void Happen()
    {
        if (!world.Journeys.TryPop(out var journey)) journey = new Journey(world);
        var client = world.Clients[world.Clients.Count == 1 ? 0 : chance.Next(world.Clients.Count)];
        var its = work.Draw(chance) * meanWork;
        var counts = world.Time.Now >= world.CountFrom && begun < world.Scenario.Requests;
        if (counts) begun++;
        Next();
        journey.Begin(client, its, counts);
    }

    void Next()
    {
        // Kept with its fraction, so that rounding to nanoseconds does not add up.
        at += gap.Draw(chance) * meanGap;
        world.Time.Set(this, (long)at);
    }
}
