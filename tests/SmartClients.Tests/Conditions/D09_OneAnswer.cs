using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>Several attempts at once, one answer: given at once, the rest disposed of, nothing done twice.</summary>
public class D09_OneAnswer
{
    readonly TestWorld world = new(3);
    readonly List<Disposing> made = [];

    ValueTask<Disposing> Answer(Endpoint endpoint, CancellationToken cancel)
    {
        var asked = world.Ask(endpoint, cancel);
        return Later();

        async ValueTask<Disposing> Later()
        {
            var result = new Disposing(await asked.ConfigureAwait(false));
            made.Add(result);
            return result;
        }
    }

    [Fact]
    public void The_winner_is_returned_at_once_though_the_loser_ignores_cancellation()
    {
        (world[0].IgnoresCancellation, world[0].Latency) = (true, () => TimeSpan.FromSeconds(3));
        var director = world.Director(policy: new Fixed());
        var start = world.Time.Now;
        var winner = world.Time.Run(director.SendAsync(Answer, RequestOptions.Hedged, CancellationToken.None));
        Assert.Equal(270e6, world.Time.Now - start, 1e6);
        Assert.Equal((world[1].Endpoint.Address, 0), (winner.From, winner.Disposals));
        Assert.Equal(1, director.Members[0].InFlight);

        world.Run(3);
        Assert.Equal([0, 1], made.Select(d => d.Disposals));
        Assert.Equal(0, director.Members[0].InFlight);
        Assert.Equal(0, winner.Disposals);
    }

    [Fact]
    public void A_caller_who_cancels_waits_for_nobody_and_late_results_are_disposed()
    {
        foreach (var machine in world.Machines) machine.IgnoresCancellation = true;
        using var cancel = new CancellationTokenSource();
        var sent = world.Director().SendAsync(Answer, RequestOptions.Hedged, cancel.Token).AsTask();
        world.Run(0.01);
        cancel.Cancel();
        Assert.True(sent.IsCanceled);
        world.Run(1);
        Assert.Equal(1, Assert.Single(made).Disposals);
    }

    [Fact]
    public void Whatever_the_order_each_result_is_returned_or_disposed_exactly_once()
    {
        var random = world.Random;
        foreach (var machine in world.Machines)
        {
            machine.Latency = () => TimeSpan.FromMilliseconds(random.Next(0, 12));
            machine.Fault = () => random.Next(4) == 0 ? new IOException("broken") : null;
        }
        world[1].IgnoresCancellation = true;
        var director = world.Director(o => o with
        {
            HedgeAtFirst = TimeSpan.FromMilliseconds(3),
            HedgePercentile = 0.3,
            HedgeFloor = TimeSpan.FromMilliseconds(2),
            HedgesPerSecond = 10_000,
            RetriesPerSecond = 10_000,
            AttemptTimeout = TimeSpan.FromMilliseconds(10),
        });
        var returned = new List<Disposing>();
        var ended = 0;
        for (var i = 0; i < 20_000; i++)
        {
            _ = One();
            world.Time.Run(TimeSpan.FromMilliseconds(random.Next(0, 3)));
        }
        world.Run(20);
        Assert.Equal(20_000, ended);
        Assert.Equal(returned.Count, returned.Distinct().Count());
        Assert.All(returned, result => Assert.Equal(0, result.Disposals));
        Assert.All(made.Except(returned), result => Assert.Equal(1, result.Disposals));
        Assert.True(made.Count > returned.Count + 1000);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));

        async Task One()
        {
            try
            {
                returned.Add(await director.SendAsync(Answer, RequestOptions.Hedged).ConfigureAwait(false));
            }
            catch (ServiceUnavailableException)
            {
                // All three were broken.
            }
            ended++;
        }
    }

    [Fact]
    public void Two_answers_at_the_same_instant_are_one_answer()
    {
        world[0].Latency = () => TimeSpan.FromMilliseconds(270);
        var director = world.Director(policy: new Fixed());
        world.Time.Run(director.SendAsync(Answer, RequestOptions.Hedged, CancellationToken.None));
        world.Run(1);
        Assert.Equal(1, made.Count(d => d.Disposals == 0));
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public void A_result_whose_disposal_throws_harms_nobody()
    {
        (world[0].IgnoresCancellation, world[0].Latency) = (true, () => TimeSpan.FromMilliseconds(400));
        var director = world.Director(policy: new Fixed());
        Assert.IsType<Throwing>(world.Send(
            director, async (e, c) => (IDisposable)new Throwing(await world.Ask(e, c).ConfigureAwait(false)), RequestOptions.Hedged));
        world.Run(1);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    sealed class Throwing(string from) : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException(from);
    }

    [Fact]
    public void What_cannot_be_repeated_has_no_second_attempt_and_says_so()
    {
        world[0].Fault = () => new IOException("broken half-way");
        var director = world.Director(policy: new Fixed());
        var error = Assert.Throws<ServiceUnavailableException>(() => world.Send(director, RequestOptions.Hedged with { Repeatable = false }));
        Assert.Equal((UnavailableReason.NotRepeatable, Delivery.MayHaveExecuted), (error.Reason, error.Delivery));
        Assert.Contains("not repeatable", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, world.Received);
    }
}
