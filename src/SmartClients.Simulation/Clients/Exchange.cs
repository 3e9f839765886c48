using System.Threading.Tasks.Sources;
using SmartClients.Outcomes;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Servers;

namespace SmartClients.Simulation.Clients;

/// <summary>One attempt at one server: the way there, the work, the way back. Used again once the client has its end and the server has
/// let go.</summary>
internal sealed class Exchange(World world) : Job, IValueTaskSource<Reply>
{
    enum Stage
    {
        Going,
        There,
        Returning,
        Lost,
        Over,
    }

    static readonly Action<object?> GiveUp = static self => ((Exchange)self!).Cancelled();
    static readonly Outcome ServerError = Outcome.Failure(Delivery.MayHaveExecuted, "HTTP 500") with { Answered = true };
    static readonly Outcome Refused = Outcome.Failure(Delivery.NeverSent, "connection refused");
    static readonly Outcome Reset = Outcome.Failure(Delivery.MayHaveExecuted, "connection reset");

    ManualResetValueTaskSourceCore<Reply> answer;
    CancellationTokenRegistration registration;
    Server server = null!;
    Outcome outcome;
    Stage stage;
    long oneWay;
    int client;
    bool abandoned;
    bool taken;

    /// <summary>Counts how often it was used.</summary>
    public int Use { get; private set; }

    /// <summary>Begins.</summary>
    public ValueTask<Reply> Begin(Client from, Server at, double work, CancellationToken cancel)
    {
        (client, server, Work, oneWay, abandoned, taken) = (from.Index, at, work, world.OneWay(from, at), false, false);
        Use++;
        answer.Reset();
        server.Assigned++;
        if (world.IsCut(client, server)) stage = Stage.Lost;
        else Travel(Stage.Going, oneWay);
        registration = cancel.UnsafeRegister(GiveUp, this);
        return new ValueTask<Reply>(this, answer.Version);
    }

    public override void Happen()
    {
        if (stage == Stage.Going)
        {
            Arrive();
            return;
        }
        LetGo();
        answer.SetResult(new Reply(outcome));
    }

    void Arrive()
    {
        var health = server.Health;
        if (!health.Fails(world.Mishaps))
        {
            stage = Stage.There;
            server.Admit(this);
        }
        else if (health.Way == FailureWay.Silence)
        {
            Lose();
        }
        else
        {
            server.Gauge?.Failed();
            Return(health.Way == FailureWay.Error ? ServerError : Refused, health.After);
        }
    }

    public override void Done()
    {
        if (abandoned) LetGo();
        else if (server.Health is { Way: FailureWay.Silence, Failing: >= 1 } || world.IsCut(client, server)) Lose();
        else Return(Outcome.Success, server.Health.Delay(world.Mishaps));
    }

    public override void Lost() => Return(Reset, 0);

    /// <summary>The client has hung up, and the server has noticed.</summary>
    public void HungUp()
    {
        if (stage != Stage.There) return;
        server.Drop(this);
        LetGo();
    }

    void Return(in Outcome how, long after)
    {
        if (abandoned)
        {
            LetGo();
            return;
        }
        outcome = world.Scenario.Help.Replies && how.Delivery != Delivery.NeverSent ? how with { Report = server.Gauge!.Read() } : how;
        Travel(Stage.Returning, after + oneWay);
    }

    void Travel(Stage next, long nanoseconds)
    {
        stage = next;
        world.Time.Set(this, world.Time.Now + nanoseconds);
    }

    void Lose()
    {
        if (abandoned) LetGo();
        else stage = Stage.Lost;
    }

    void Cancelled()
    {
        abandoned = true;
        if (stage is Stage.Returning or Stage.Lost)
        {
            world.Time.CallOff(this);
            LetGo();
        }
        else
        {
            world.Time.Set(new HangUp(this), world.Time.Now + oneWay);
        }
        answer.SetException(new OperationCanceledException());
    }

    void LetGo()
    {
        stage = Stage.Over;
        server.Assigned--;
        if (taken) world.Exchanges.Push(this);
    }

    Reply IValueTaskSource<Reply>.GetResult(short token)
    {
        registration.Dispose();
        try
        {
            return answer.GetResult(token);
        }
        finally
        {
            taken = true;
            if (stage == Stage.Over) world.Exchanges.Push(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<Reply>.GetStatus(short token) => answer.GetStatus(token);

    void IValueTaskSource<Reply>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        answer.OnCompleted(continuation, state, token, flags);
}
