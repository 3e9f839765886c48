using SmartClients.Learning;

namespace SmartClients.AspNetCore;

/// <summary>A header that was written, and what it was written from.</summary>
internal sealed record LoadHeader(LoadReport Sample, double Application, int InFlight, string Text)
{
    public bool IsFor(LoadReport sample, double application, int inFlight) =>
        ReferenceEquals(sample, Sample) && inFlight == InFlight && application.Equals(Application);
}
