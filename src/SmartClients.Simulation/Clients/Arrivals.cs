using SmartClients.Simulation.Laws;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Clients;

/// <summary>The requests of all clients together, whatever becomes of the earlier ones: a Poisson stream of which each client gets its
/// part at random is as many Poisson streams.</summary>
internal sealed class Arrivals : Appointment
{
    // How long requests that do not count go on coming, so that the last ones that do are not alone.
    const long Beyond = 10 * VirtualTime.Second;

    readonly World world;
    readonly Law gap;
    readonly Law work;
    readonly double meanWork;
    readonly Chance chance;
    readonly double nominal;
    readonly List<double> factors = [];
    double perNanosecond;
    double at;
    long begun;
    long until = long.MaxValue;

    public Arrivals(World world, Law gap, Law work, double perSecond, double meanWork, Chance chance)
    {
        (this.world, this.gap, this.work, this.meanWork, this.chance) = (world, gap, work, meanWork, chance);
        nominal = perNanosecond = perSecond / VirtualTime.Second;
        at = world.Time.Now;
    }

    public void Begin() => Next();

    /// <summary>Room for one more thing that changes the rate.</summary>
    public int AddFactor()
    {
        factors.Add(1);
        return factors.Count - 1;
    }

    /// <summary>From now on requests come so many times as often. What is left of the gap under way is stretched or pressed with the
    /// others, which keeps a Poisson stream one.</summary>
    public void Scale(int which, double factor)
    {
        var left = (at - world.Time.Now) * perNanosecond;
        factors[which] = factor;
        perNanosecond = nominal;
        foreach (var each in factors) perNanosecond *= each;
        at = world.Time.Now + left / perNanosecond;
        if (IsSet) world.Time.Set(this, (long)at);
    }

    public override void Happen()
    {
        var client = world.Clients[world.Clients.Count == 1 ? 0 : chance.Next(world.Clients.Count)];
        var its = work.Draw(chance) * meanWork;
        var counts = world.Time.Now >= world.CountFrom && begun < world.Scenario.Requests;
        if (counts && ++begun == world.Scenario.Requests) until = world.Time.Now + Beyond;
        if (world.Time.Now < until) Next();
        if (world.Listener is { } listener) listener(client, its, counts);
        else Begin(client, its, counts);
    }

    void Begin(Client client, double work, bool counts)
    {
        if (!world.Journeys.TryPop(out var journey)) journey = new Journey(world);
        journey.Begin(client, work, counts);
    }

    void Next()
    {
        // Kept with its fraction, so that rounding to nanoseconds does not add up.
        at += gap.Draw(chance) / perNanosecond;
        world.Time.Set(this, (long)at);
    }
}
