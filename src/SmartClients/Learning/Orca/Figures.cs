namespace SmartClients.Learning.Orca;

/// <summary>The figures of one report while it is being read. What cannot be true is dropped here, whatever the form.</summary>
internal struct Figures
{
    const double MostUtilization = 1_000;
    const double MostOfAnything = 1e12;

    double? cpu, memory, application, requests, errors, inFlight, latency, cost;
    bool dropped;

    /// <summary>Whether a figure can be true: finite, not negative, and no more than any machine could mean.</summary>
    public static bool CanBeTrue(Figure figure, double value) =>
        value >= 0 && value <= (figure is Figure.Cpu or Figure.Memory or Figure.Application ? MostUtilization : MostOfAnything);

    public void Set(Figure figure, double value)
    {
        if (figure == Figure.Unknown) return;
        if (!CanBeTrue(figure, value))
        {
            dropped = true;
            return;
        }
        switch (figure)
        {
            case Figure.Cpu: cpu = value; break;
            case Figure.Memory: memory = value; break;
            case Figure.Application: application = value; break;
            case Figure.RequestsPerSecond: requests = value; break;
            case Figure.ErrorsPerSecond: errors = value; break;
            case Figure.InFlight: inFlight = value; break;
            case Figure.Latency: latency = value; break;
            case Figure.Cost: cost = value; break;
        }
    }

    /// <summary>The outdated whole number of requests per second: counts only where the newer field is missing.</summary>
    public void SetOldRequestsPerSecond(double value)
    {
        if (requests is null) Set(Figure.RequestsPerSecond, value);
    }

    public readonly LoadReport Report()
    {
        if (dropped) Telemetry.BadInput("load figure");
        return new LoadReport
        {
            CpuUtilization = cpu,
            MemoryUtilization = memory,
            ApplicationUtilization = application,
            RequestsPerSecond = requests,
            ErrorsPerSecond = errors,
            RequestsInFlight = inFlight,
            Latency = latency,
            RequestCost = cost,
        };
    }
}
