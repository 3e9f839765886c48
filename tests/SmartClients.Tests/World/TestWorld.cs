using SmartClients.Naming;
using SmartClients.Picking;

namespace SmartClients.Tests.World;

/// <summary>Machines, directors and virtual time: what a test of the whole way of a request needs.</summary>
internal sealed class TestWorld
{
    readonly Dictionary<Endpoint, Machine> byEndpoint = [];
    int seed;

    public TestWorld(int machines, int seed = 1)
    {
        this.seed = seed;
        Random = new Random(seed);
        for (var i = 0; i < machines; i++) Add();
    }

    public VirtualTime Time { get; } = new();

    public Random Random { get; }

    public List<Machine> Machines { get; } = [];

    public Machine this[int index] => Machines[index];

    public int Received => Machines.Sum(m => m.Received);

    public static Endpoint Address(int i) => new($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}", 80);

    public Machine Add()
    {
        var machine = new Machine(Time, Address(Machines.Count + 1));
        Machines.Add(machine);
        byEndpoint[machine.Endpoint] = machine;
        return machine;
    }

    public MemberSet Members(params IEnumerable<int> which) => new([.. which.Select(i => Machines[i].Endpoint)], "test");

    /// <summary>A director on this world's clock, over all machines unless told otherwise, with chance of its own.</summary>
    public Director Director(Func<DirectorOptions, DirectorOptions>? tweak = null, Policy? policy = null, NameSource? source = null)
    {
        var options = new DirectorOptions { Time = Time, Random = new Random(++seed), MembersFromReplies = true };
        return new Director("test", source ?? new StaticNames(Machines.Select(m => m.Endpoint)), tweak?.Invoke(options) ?? options, policy);
    }

    /// <summary>The action that asks the machine at an endpoint.</summary>
    public ValueTask<string> Ask(Endpoint endpoint, CancellationToken cancel) =>
        byEndpoint[endpoint].ServeAsync(cancel);

    /// <summary>One request, to its end.</summary>
    public string Send(Director director, RequestOptions? options = null) =>
        Time.Run(director.SendAsync(Ask, options, CancellationToken.None));

    /// <summary>One request with an action of its own, to its end.</summary>
    public T Send<T>(Director director, Func<Endpoint, CancellationToken, ValueTask<T>> action, RequestOptions? options = null) =>
        Time.Run(director.SendAsync(action, options, CancellationToken.None));

    /// <summary>One judged request, to its end.</summary>
    public string Send(Director director, JudgedRequest request, RequestOptions? options = null) =>
        Time.Run(director.SendAsync<JudgedRequest, string>(request, options ?? RequestOptions.Default, CancellationToken.None));

    public void Run(double seconds) => Time.Run(TimeSpan.FromSeconds(seconds));

    /// <summary>Requests at a steady rate, whatever becomes of the earlier ones. They are sent while time runs.</summary>
    public Tally Load(Director director, double perSecond, double seconds, RequestOptions? options = null)
    {
        var tally = new Tally();
        var total = (int)Math.Round(perSecond * seconds);
        var start = Time.Now;
        ITimer? timer = null;
        timer = Time.CreateTimer(_ => Next(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return tally;

        void Next()
        {
            tally.Sent++;
            _ = One();
            if (tally.Sent >= total) return;
            var due = start + (long)(tally.Sent * 1e9 / perSecond);
            timer!.Change(TimeSpan.FromTicks(Math.Max(0, due - Time.Now) / 100), Timeout.InfiniteTimeSpan);
        }

        async Task One()
        {
            var began = Time.Now;
            try
            {
                await director.SendAsync(Ask, options).ConfigureAwait(false);
                tally.Succeeded++;
            }
            catch (Exception error)
            {
                tally.Errors.Add(error);
            }
            tally.Took.Add(TimeSpan.FromTicks((Time.Now - began) / 100));
        }
    }

    /// <summary>A load, run to the end of its last request.</summary>
    public Tally RunLoad(Director director, double perSecond, double seconds, RequestOptions? options = null)
    {
        var tally = Load(director, perSecond, seconds, options);
        var total = (int)Math.Round(perSecond * seconds);
        Time.RunUntil(() => tally.Ended == total);
        return tally;
    }
}
