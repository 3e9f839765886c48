namespace SmartClients.Http.Loads;

/// <summary>Two ways to learn the load of replicas beside their replies (§3.1.2 of the paper): to ask, and to be called back.</summary>
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

    static LoadSource Open(Director director, HttpMessageInvoker client, HttpLoadOptions? options)
    {
        ArgumentNullException.ThrowIfNull(director);
        ArgumentNullException.ThrowIfNull(client);
        options ??= new HttpLoadOptions();
        options.Validate();
        return new LoadSource(client, options, director.Time);
    }
}
