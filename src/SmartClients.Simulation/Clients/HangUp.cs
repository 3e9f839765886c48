using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Clients;

/// <summary>The news that a client no longer wants an answer, on its way to the server.</summary>
internal sealed class HangUp(Exchange exchange) : Appointment
{
    public override void Happen() => exchange.HungUp();
}
