using Microsoft.Extensions.Hosting;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

public class ServiceStateTests
{
    sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => stopping.Cancel();

        public void Dispose() => stopping.Dispose();
    }

    [Fact]
    public void It_leaves_when_the_application_stops()
    {
        using var lifetime = new Lifetime();
        using var state = new ServiceState(TimeProvider.System, lifetime);
        Assert.False(state.IsLeaving);

        lifetime.StopApplication();

        Assert.True(state.IsLeaving);
        Assert.True(state.LeavingToken.IsCancellationRequested);
    }

    // As it is where the port is taken.
    [Fact]
    public void A_host_that_stops_after_it_has_disposed_everything_meets_no_fault()
    {
        using var lifetime = new Lifetime();
        new ServiceState(TimeProvider.System, lifetime).Dispose();

        lifetime.StopApplication();
    }
}
