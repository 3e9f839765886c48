using SmartClients.Learning;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Servers;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Clients;

/// <summary>A client asks a server for its load: a message there and one back, answered beside the queue. Where it costs work, the work is
/// done among the requests.</summary>
internal sealed class Question(World world, Client client, Server server) : Appointment
{
    readonly TaskCompletionSource<LoadReport?> answer = new();
    LoadReport? report;
    bool read;

    public Task<LoadReport?> Ask()
    {
        if (world.Time.Now >= world.CountFrom) world.Tally.Asked();
        if (!world.IsCut(client.Index, server)) Travel();
        return answer.Task;
    }

    public override void Happen()
    {
        if (read)
        {
            answer.TrySetResult(report);
            return;
        }
        read = true;
        var health = server.Health;
        if (health.Way != FailureWay.Error && health.Fails(world.Mishaps))
        {
            // Refused: that comes back. Silent: nothing does.
            if (health.Way == FailureWay.Refuse) Travel();
            return;
        }
        report = server.Gauge!.Read();
        if (world.Scenario.Help.WorkMs > 0) server.Admit(new Chore { Work = World.Nanoseconds(world.Scenario.Help.WorkMs) });
        if (!world.IsCut(client.Index, server)) Travel();
    }

    void Travel() => world.Time.Set(this, world.Time.Now + world.OneWay(client, server));

    sealed class Chore : Job
    {
        public override void Done() { }

        public override void Lost() { }

        public override void Happen() { }
    }
}
