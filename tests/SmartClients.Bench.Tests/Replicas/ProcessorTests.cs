using Microsoft.Extensions.Time.Testing;
using SmartClients.Bench.Replicas;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Scripts;

namespace SmartClients.Bench.Tests.Replicas;

public sealed class ProcessorTests : IDisposable
{
    static readonly Condition OneCore = new(1, 1, ServiceOrder.Sharing);

    readonly FakeTimeProvider time = new();
    readonly Processor processor;

    public ProcessorTests() => processor = new Processor(time, OneCore);

    [Fact]
    public void Alone_a_request_takes_its_work()
    {
        var one = Serve(30);
        After(29);
        Assert.False(one.IsCompleted);
        After(1);
        Ended(one);
    }

    [Fact]
    public void Two_share_a_core_and_the_rest_of_the_longer_one_goes_on_alone()
    {
        var (shorter, longer) = (Serve(10), Serve(30));
        After(19);
        Assert.False(shorter.IsCompleted);
        After(1);
        Ended(shorter);
        After(19);
        Assert.False(longer.IsCompleted);
        After(1);
        Ended(longer);
    }

    [Fact]
    public void No_request_gets_more_than_a_core()
    {
        processor.Turn(OneCore with { Cores = 4 });
        var all = Enumerable.Range(0, 4).Select(_ => Serve(10)).ToList();
        After(10);
        all.ForEach(Ended);
    }

    [Fact]
    public void It_becomes_slower_in_the_middle_of_a_request()
    {
        var one = Serve(20);
        After(10);
        processor.Turn(OneCore with { Speed = 0.1 });
        After(99);
        Assert.False(one.IsCompleted);
        After(1);
        Ended(one);
    }

    [Fact]
    public void Frozen_it_does_nothing_until_it_thaws()
    {
        processor.Turn(OneCore with { Speed = 0 });
        var one = Serve(10);
        After(10_000);
        Assert.False(one.IsCompleted);
        processor.Turn(OneCore);
        After(10);
        Ended(one);
    }

    [Fact]
    public void First_come_first_served()
    {
        processor.Turn(OneCore with { Order = ServiceOrder.Fifo });
        var (first, second) = (Serve(10), Serve(5));
        After(10);
        Ended(first);
        Assert.False(second.IsCompleted);
        After(5);
        Ended(second);
    }

    [Fact]
    public async Task One_that_is_no_longer_wanted_leaves_room()
    {
        using var hangUp = new CancellationTokenSource();
        var (wanted, unwanted) = (Serve(10), processor.ServeAsync(1000, hangUp.Token));
        After(10);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unwanted);
        After(5);
        Ended(wanted);
    }

    Task Serve(double ms) => processor.ServeAsync(ms, TestContext.Current.CancellationToken);

    void After(int ms)
    {
        for (var i = 0; i < ms; i++) time.Advance(TimeSpan.FromMilliseconds(1));
    }

    // It is done at this time; who waits for it is told on another thread.
    static void Ended(Task request) => Assert.True(request.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

    public void Dispose() => processor.Dispose();
}
