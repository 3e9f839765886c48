namespace SmartClients.Simulation.Timing;

/// <summary>An appointment that is no more than what happens then.</summary>
internal sealed class Occasion(Action what) : Appointment
{
    public override void Happen() => what();
}
