using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Simulation.Clients;

/// <summary>A simulated request, in the form in which the real director takes requests.</summary>
internal readonly struct Ask(Journey journey) : IRequest<Reply>
{
    public ValueTask<Reply> SendAsync(Attempt attempt, CancellationToken cancel) => journey.TryAt(attempt, cancel);

    public Outcome Judge(Reply result) => result.Outcome;

    public Outcome Judge(Exception error) => Classify.Exception(error);

    public void Discard(Reply result) { }

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
}
