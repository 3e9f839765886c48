using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Servers;

/// <summary>A piece of work at a server. Told when it is done; kept by whoever brought it and used again. The appointment is whatever comes next for it outside the server.</summary>
internal abstract class Job : Appointment
{
    /// <summary>How much is to be done, in nanoseconds of one whole core at full speed.</summary>
    public double Work { get; set; }

    /// <summary>The server's own clock of service at which it is done.</summary>
    public double FinishAt { get; set; }

    /// <summary>Where it sits on the bench; -1 while it waits, or is not there.</summary>
    public int Seat { get; set; } = -1;

    public Job? Next { get; set; }

    public Job? Previous { get; set; }

    public long ArrivedAt { get; set; }

    /// <summary>Requests that were there when it came.</summary>
    public int PresentBefore { get; set; }

    /// <summary>All of it is done.</summary>
    public abstract void Done();

    /// <summary>The server has crashed under it.</summary>
    public abstract void Lost();
}
