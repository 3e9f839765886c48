using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Clients;

/// <summary>The news that a client no longer wants an answer, on its way to the server.</summary>
internal sealed class HangUp(Exchange exchange) : Appointment
{
    readonly int use = exchange.Use;

    public override void Happen()
    {
        // The server may have let go meanwhile, and the exchange serve another attempt.
        if (exchange.Use == use) exchange.HungUp();
    }
}
