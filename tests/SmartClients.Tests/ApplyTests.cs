using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>The paper's API, figure 5.</summary>
public class ApplyTests
{
    readonly TestWorld world = new(3);

    sealed class Scripted(Func<Endpoint, Task> action, Func<Endpoint, Exception, Task>? cleanUp = null) : IRequest
    {
        public List<string> Story { get; } = [];

        public async Task ActionAsync(Endpoint endpoint, CancellationToken cancel)
        {
            Story.Add("action " + endpoint.Host);
            await action(endpoint).ConfigureAwait(false);
        }

        public async Task CleanUpAsync(Endpoint failed, Exception error)
        {
            Story.Add($"clean up {failed.Host}: {error.Message}");
            if (cleanUp is not null) await cleanUp(failed, error).ConfigureAwait(false);
        }
    }

    bool Apply(IRequest request, Func<DirectorOptions, DirectorOptions>? tweak = null)
    {
        var director = world.Director(tweak, new Fixed());
        return world.Time.Run(director.ApplyAsync(request, CancellationToken.None));
    }

    [Fact]
    public void True_when_the_first_replica_carries_it_out()
    {
        var request = new Scripted(_ => Task.CompletedTask);
        Assert.True(Apply(request));
        Assert.Equal(["action 10.0.0.1"], request.Story);
    }

    [Fact]
    public void Cleans_up_with_the_failed_endpoint_and_its_failure_before_the_next_action()
    {
        var request = new Scripted(e => e.Host == "10.0.0.3" ? Task.CompletedTask : Task.FromException(new RequestException("no " + e.Host)),
            async (_, _) => await Task.Delay(TimeSpan.FromMilliseconds(50), world.Time, CancellationToken.None).ConfigureAwait(false));
        Assert.True(Apply(request));
        Assert.Equal(
            ["action 10.0.0.1", "clean up 10.0.0.1: no 10.0.0.1", "action 10.0.0.2", "clean up 10.0.0.2: no 10.0.0.2", "action 10.0.0.3"],
            request.Story);
    }

    [Fact]
    public void False_when_every_replica_has_failed_each_asked_once_and_cleaned_up_after()
    {
        var request = new Scripted(_ => Task.FromException(new IOException("broken")));
        Assert.False(Apply(request));
        Assert.Equal(3, request.Story.Count(line => line.StartsWith("action", StringComparison.Ordinal)));
        Assert.Equal(3, request.Story.Count(line => line.StartsWith("clean up", StringComparison.Ordinal)));
        Assert.Equal(6, request.Story.Distinct().Count());
    }

    [Fact]
    public void A_failure_without_an_exception_is_cleaned_up_with_one()
    {
        var request = new Scripted(e => e.Host == "10.0.0.1" ? new TaskCompletionSource().Task : Task.CompletedTask);
        Assert.True(Apply(request, o => o with { AttemptTimeout = TimeSpan.FromSeconds(1) }));
        Assert.Equal("clean up 10.0.0.1: no answer in time", request.Story[1]);
    }

    [Fact]
    public void Not_false_but_an_exception_when_some_replica_was_not_asked()
    {
        var request = new Scripted(_ => Task.FromException(new IOException("broken")));
        var error = Assert.Throws<ServiceUnavailableException>(() => Apply(request, o => o with { RetryShare = 0, RetriesPerSecond = 0 }));
        Assert.Equal(UnavailableReason.BudgetSpent, error.Reason);
        Assert.Throws<ServiceUnavailableException>(() => Apply(request, o => o with { MaxAttempts = 2 }));
    }

    [Fact]
    public void A_bug_in_the_action_goes_to_the_caller_and_nowhere_else()
    {
        var request = new Scripted(_ => Task.FromException(new InvalidOperationException("a bug")));
        Assert.Equal("a bug", Assert.Throws<InvalidOperationException>(() => Apply(request)).Message);
        Assert.Single(request.Story);
    }

    [Fact]
    public void A_bug_in_the_clean_up_goes_to_the_caller()
    {
        var request = new Scripted(_ => Task.FromException(new IOException("broken")), (_, _) => Task.FromException(new InvalidOperationException("a bug")));
        Assert.Equal("a bug", Assert.Throws<InvalidOperationException>(() => Apply(request)).Message);
    }

    [Fact]
    public void A_long_clean_up_is_not_counted_as_the_next_replicas_latency()
    {
        var director = world.Director(policy: new Fixed());
        var request = new Scripted(
            async e =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), world.Time, CancellationToken.None).ConfigureAwait(false);
                if (e.Host == "10.0.0.1") throw new IOException("broken");
            },
            async (_, _) => await Task.Delay(TimeSpan.FromSeconds(20), world.Time, CancellationToken.None).ConfigureAwait(false));
        Assert.True(world.Time.Run(director.ApplyAsync(request, CancellationToken.None)));
        Assert.Equal(10, director.Members[1].Latency!.Value.TotalMilliseconds, 0.1);
    }

    [Fact]
    public void An_action_that_a_classifier_calls_answered_never_counts_as_carried_out()
    {
        var request = new Scripted(_ => Task.FromException(new InvalidDataException("422")));
        Assert.Throws<InvalidDataException>(() => Apply(request, o => o with
        {
            ClassifyException = e => Outcome.Failure(Delivery.MayHaveExecuted, e.Message, e) with { Answered = true },
        }));
    }
}
