using SmartClients.Sending;

namespace SmartClients.Http.Loads;

/// <summary>Three ways to learn the load of replicas beside their replies (§3.1.2 of the paper): to ask, to be called back, and to ask when it matters.</summary>
public static class HttpLoadExtensions
{
    /// <summary>Asks each replica for its load, again and again, until the director is disposed. Replicas that do not help are left
    /// alone; the requests go on as ever.</summary>
    /// <param name="director">It is given the reports, and told of replicas that are leaving.</param>
    /// <param name="client">A plain client: one without a director in it, which would send the question elsewhere. Not disposed.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static void PollLoadOverHttp(this Director director, HttpMessageInvoker client, HttpLoadOptions? options = null)
    {
        var source = Open(director, client, options);
        director.Attend(Timeout.InfiniteTimeSpan, () => new LoadPoll(director, source).VisitAsync);
    }

    /// <summary>Listens to each replica's load by one stream of server-sent events, until the director is disposed. A stream that ends
    /// is opened anew after a growing pause. Replicas that do not help are left alone; the requests go on as ever.</summary>
    /// <inheritdoc cref="PollLoadOverHttp"/>
    public static void ListenForLoad(this Director director, HttpMessageInvoker client, HttpLoadOptions? options = null)
    {
        var source = Open(director, client, options);
        director.Attend(Timeout.InfiniteTimeSpan, () => new LoadListener(director, source).VisitAsync);
    }

    /// <summary>Lets the director's policy ask replicas for their load when a request is about to be picked for, until the director is
    /// disposed: see <see cref="Director.ProbeLoad"/>. Of use to policies that probe, <c>adaptive</c> where a client has little in flight and <c>prequal</c>; with the others nobody is asked.</summary>
    /// <param name="director">It is given the reports, and told of replicas that are leaving.</param>
    /// <param name="client">A plain client: one without a director in it, which would send the question elsewhere. Not disposed.</param>
    /// <param name="options">Whom and where; its times are not used. The defaults when left out.</param>
    /// <param name="probes">How much, and how long. The defaults when left out.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static void ProbeLoadOverHttp(this Director director, HttpMessageInvoker client, HttpLoadOptions? options = null, ProbeOptions? probes = null)
    {
        var source = Open(director, client, options);
        director.ProbeLoad(new LoadProbe(director, source).AskAsync, probes);
    }

    static LoadSource Open(Director director, HttpMessageInvoker client, HttpLoadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(director);
        ArgumentNullException.ThrowIfNull(client);
        options ??= new HttpLoadOptions();
        options.Validate();
        return new LoadSource(client, options, director.Time);
    }
}
