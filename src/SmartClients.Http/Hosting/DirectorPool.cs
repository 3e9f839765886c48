using SmartClients.Http.Loads;

namespace SmartClients.Http.Hosting;

/// <summary>The directors of a program by their plans, each for as long as somebody uses it. Not safe for concurrent use: its owner
/// holds a lock.</summary>
internal sealed class DirectorPool(IHttpMessageHandlerFactory handlers)
{
    sealed class Shared(Director director)
    {
        public Director Director => director;

        public int Users { get; set; }
    }

    readonly Dictionary<DirectorPlan, Shared> all = [];

    /// <summary>The director for a plan, made if there is none; one <see cref="ReturnAsync"/> for each.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="client">The client that asks; what goes on beside the requests is sent by its handlers.</param>
    /// <param name="last">From whom a new one takes over.</param>
    public Director Take(DirectorPlan plan, string client, Director? last)
    {
        if (!all.TryGetValue(plan, out var shared))
        {
            // The first request makes it; what then goes on for ever is no part of that request.
            var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            try
            {
                all[plan] = shared = new Shared(plan.Open(last, new HttpMessageInvoker(new BesideHandler(handlers, client))));
            }
            finally
            {
                flow.Dispose();
            }
        }
        shared.Users++;
        return shared.Director;
    }

    /// <summary>One user less. The last one disposes it; its requests under way end by themselves.</summary>
    public ValueTask ReturnAsync(DirectorPlan plan)
    {
        var shared = all[plan];
        if (--shared.Users > 0) return default;
        all.Remove(plan);
        return shared.Director.DisposeAsync();
    }
}
