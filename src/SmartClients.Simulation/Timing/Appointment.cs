namespace SmartClients.Simulation.Timing;

/// <summary>Something that happens once at a time set for it, unless it is moved or called off before.</summary>
internal abstract class Appointment
{
    /// <summary>Where it stands in the heap of <see cref="VirtualTime"/>; -1 while it is not set.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Whether it is going to happen.</summary>
    public bool IsSet => Place >= 0;

    /// <summary>It happens now.</summary>
    public abstract void Happen();
}
