using Microsoft.Extensions.Options;
using SmartClients.Picking;

namespace SmartClients.Http.Hosting;

/// <summary>
/// The director of a configured client: the same object for as long as the program runs, while a reload of the configuration may
/// replace the director behind it. The new one begins with what the old one learnt. Safe for concurrent use.
/// </summary>
/// <remarks>A configuration that is wrong is not taken: the last good one goes on.</remarks>
public sealed class SmartClientDirector
{
    sealed record Wiring(DirectorPlan Plan, Director Director, SmartHandlerOptions Handling);

    readonly string client;
    readonly string service;
    readonly SmartClientNames names;
    readonly DirectorPool pool;
    readonly Lock gate;
    readonly IDisposable? subscription;
    readonly Action advised;
    Wiring wiring;
    Action<Decision>? listeners;
    bool ended;

    internal SmartClientDirector(string client, string service, IOptionsMonitor<SmartClientOptions> options, SmartClientNames names, DirectorPool pool, Lock gate)
    {
        (this.client, this.service, this.names, this.pool, this.gate) = (client, service, names, pool, gate);
        // The service's own wishes have changed: the same options come to another director.
        advised = () => Replace(options.Get(client));
        wiring = Wire(options.Get(client), null);
        wiring.Director.Source.Advised += advised;
        subscription = options.OnChange((changed, name) =>
        {
            if (name == client) Replace(changed);
        });
        // What changed before anybody listened.
        Replace(options.Get(client));
    }

    /// <summary>The director as the configuration has it now. A reload that changes its options disposes it: do not keep it, and leave
    /// its polls and keep-alives to <see cref="SmartClientOptions"/>. Clients of one service whose options are equal share one.</summary>
    public Director Current => Volatile.Read(ref wiring).Director;

    /// <summary>How requests are handed to it now.</summary>
    internal SmartHandlerOptions Handling => Volatile.Read(ref wiring).Handling;

    /// <summary><see cref="Director.Decided"/> of the current director and of those that come after it.</summary>
    public event Action<Decision>? Decided
    {
        add
        {
            lock (gate)
            {
                listeners += value;
                wiring.Director.Decided += value;
            }
        }
        remove
        {
            lock (gate)
            {
                listeners -= value;
                wiring.Director.Decided -= value;
            }
        }
    }

    Wiring Wire(SmartClientOptions options, Wiring? last)
    {
        try
        {
            var plan = DirectorPlan.Of(service, options, names);
            var handling = options.ToHandlerOptions(plan.Opened.Source.Advice);
            return plan == last?.Plan ? last with { Handling = handling } : new Wiring(plan, pool.Take(plan, client, last?.Director), handling);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new OptionsValidationException(client, typeof(SmartClientOptions), [$"Service '{service}': {error.Message}"]);
        }
    }

    void Replace(SmartClientOptions changed)
    {
        lock (gate)
        {
            if (ended) return;
            var last = wiring;
            Wiring next;
            try
            {
                next = Wire(changed, last);
            }
            catch (OptionsValidationException)
            {
                // The configuration is being edited, or is wrong: what worked goes on working.
                return;
            }
            if (next.Director != last.Director)
                foreach (var listener in Delegate.EnumerateInvocationList(listeners))
                {
                    next.Director.Decided += listener;
                    last.Director.Decided -= listener;
                }
            Volatile.Write(ref wiring, next);
            if (next.Director == last.Director) return;
            last.Director.Source.Advised -= advised;
            next.Director.Source.Advised += advised;
            _ = pool.ReturnAsync(last.Plan).AsTask();
        }
    }

    internal ValueTask EndAsync()
    {
        subscription?.Dispose();
        lock (gate)
        {
            if (ended) return default;
            ended = true;
            wiring.Director.Source.Advised -= advised;
            return pool.ReturnAsync(wiring.Plan);
        }
    }
}
