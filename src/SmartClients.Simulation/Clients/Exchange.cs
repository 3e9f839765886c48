using System.Threading.Tasks.Sources;
using SmartClients.Outcomes;
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
        Over,
    }

    static readonly Action<object?> GiveUp = static self => ((Exchange)self!).Cancelled();

    ManualResetValueTaskSourceCore<Reply> answer;
    CancellationTokenRegistration registration;
    Server server = null!;
    Outcome outcome;
    Stage stage;
    long delay;
    bool abandoned;
    bool taken;

    /// <summary>Begins.</summary>
    public ValueTask<Reply> Begin(Server at, double work, long oneWay, CancellationToken cancel)
    {
        (server, Work, delay, abandoned, taken, stage) = (at, work, oneWay, false, false, Stage.Going);
        answer.Reset();
        server.Assigned++;
        world.Time.Set(this, world.Time.Now + delay);
        registration = cancel.UnsafeRegister(GiveUp, this);
        return new ValueTask<Reply>(this, answer.Version);
    }

    public override void Happen()
    {
        if (stage == Stage.Going)
        {
            stage = Stage.There;
            server.Admit(this);
            return;
        }
        LetGo();
        answer.SetResult(new Reply(outcome));
    }

    public override void Done()
    {
        if (abandoned)
        {
            LetGo();
            return;
        }
        outcome = Outcome.Success;
        stage = Stage.Returning;
        world.Time.Set(this, world.Time.Now + delay);
    }

    /// <summary>The client has hung up, and the server has noticed.</summary>
    public void HungUp()
    {
        if (stage != Stage.There) return;
        server.Drop(this);
        LetGo();
    }

    void Cancelled()
    {
        abandoned = true;
        if (stage == Stage.Returning)
        {
            world.Time.CallOff(this);
            LetGo();
        }
        else
        {
            world.Time.Set(new HangUp(this), world.Time.Now + delay);
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
        taken = true;
        if (stage == Stage.Over) world.Exchanges.Push(this);
        return answer.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<Reply>.GetStatus(short token) => answer.GetStatus(token);

    void IValueTaskSource<Reply>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        answer.OnCompleted(continuation, state, token, flags);
}
