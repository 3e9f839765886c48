using System.Runtime.CompilerServices;
using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Simulation.Clients;

/// <summary>One request of one client, through the real director to its end. Used again afterwards.</summary>
internal sealed class Journey
{
    readonly World world;
    readonly Action ended;
    ConfiguredValueTaskAwaitable<Reply>.ConfiguredValueTaskAwaiter answer;
    Client client = null!;
    double work;
    long began;
    bool counts;
    int attempts;

    public Journey(World world) => (this.world, ended) = (world, End);

    public void Begin(Client from, double itsWork, bool isCounted)
    {
        (client, work, counts, began, attempts) = (from, itsWork, isCounted, world.Time.Now, 0);
#pragma warning disable CA2012 // Kept until its continuation has consumed it, once.
        answer = client.Director.SendAsync<Ask, Reply>(new Ask(this), world.Allowed).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        if (answer.IsCompleted) End();
        else answer.UnsafeOnCompleted(ended);
    }

    /// <summary>An attempt of it.</summary>
    public ValueTask<Reply> TryAt(Attempt attempt, CancellationToken cancel)
    {
        attempts++;
        var server = world.ServerOf(attempt.Replica);
        if (counts) world.Tally.Sent(server, attempt.IsHedge, attempts);
        if (!world.Exchanges.TryPop(out var exchange)) exchange = new Exchange(world);
        return exchange.Begin(client, server, work, cancel);
    }

    void End()
    {
        bool succeeded;
        try
        {
            // The last bad answer is given back as it is.
            succeeded = answer.GetResult().Outcome.Kind == OutcomeKind.Succeeded;
        }
        catch (ServiceUnavailableException)
        {
            succeeded = false;
        }
        if (counts) world.Tally.Ended(began, world.Time.Now, succeeded);
        answer = default;
        world.Journeys.Push(this);
    }
}
