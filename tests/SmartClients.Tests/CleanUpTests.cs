using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>A clean-up is part of its request: it has the request's time, and ends with it.</summary>
public class CleanUpTests
{
    readonly TestWorld world = new(3);

    /// <summary>Fails everywhere, and cleans up for as long as it is told.</summary>
    sealed class Cleaning(Task cleaned) : IRequest
    {
        public int Actions { get; private set; }

        public Task ActionAsync(Endpoint endpoint, CancellationToken cancel)
        {
            Actions++;
            return Task.FromException(new IOException("broken"));
        }

        public Task CleanUpAsync(Endpoint failed, Exception error) => cleaned;
    }

    readonly TaskCompletionSource hanging = new();

    [Fact]
    public void One_that_hangs_ends_its_request_at_the_end_of_the_requests_time_and_asks_nobody_else()
    {
        var director = world.Director(o => o with { Timeout = TimeSpan.FromSeconds(2) });
        var (request, began) = (new Cleaning(hanging.Task), world.Time.Now);
        var error = Assert.Throws<ServiceUnavailableException>(() => world.Time.Run(director.ApplyAsync(request, CancellationToken.None)));
        Assert.Equal((UnavailableReason.TimedOut, 1, 2e9), (error.Reason, request.Actions, world.Time.Now - began));
        Assert.Single(error.Attempts);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public void One_that_hangs_does_not_hold_a_caller_who_gives_up()
    {
        using var cancel = new CancellationTokenSource();
        var sent = world.Director(o => o with { Timeout = Timeout.InfiniteTimeSpan }).ApplyAsync(new Cleaning(hanging.Task), cancel.Token).AsTask();
        world.Run(60);
        Assert.False(sent.IsCompleted);
        cancel.Cancel();
        world.Run(1);
        Assert.True(sent.IsCanceled);
    }

    [Fact]
    public void A_time_out_that_the_clean_up_itself_threw_goes_to_the_caller()
    {
        var director = world.Director();
        var sent = director.ApplyAsync(new Cleaning(hanging.Task), CancellationToken.None);
        world.Run(1);
        hanging.SetException(new TimeoutException("its own"));
        Assert.Equal("its own", Assert.Throws<TimeoutException>(() => world.Time.Run(sent)).Message);
    }
}
