using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SmartClients.Http.Loads;
using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>Asks an etcd cluster over its JSON gateway, through a director of its own: the death of a node is no event. Safe for
/// concurrent use.</summary>
internal sealed class EtcdClient : IAsyncDisposable
{
    /// <summary>The largest answer that is read: 64 MiB.</summary>
    public const int MostBytes = 64 << 20;

    const int MostErrorBytes = 16 << 10;
    const int Unauthenticated = 16;

    static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    readonly EtcdName name;
    readonly EtcdOptions options;
    readonly TimeSpan timeout;
    readonly Director director;
    readonly HttpMessageInvoker sender;
    volatile string? token;

    /// <summary>A client of the nodes that a name gives.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">How they are reached.</param>
    /// <param name="time">The clock of all time limits.</param>
    /// <param name="timeout">In place of the options', where that is longer.</param>
    public EtcdClient(EtcdName name, EtcdOptions options, TimeProvider time, TimeSpan? timeout = null)
    {
        options.Validate();
        (this.name, this.options, Time) = (name, options, time);
        this.timeout = timeout is { } shorter && shorter < options.Timeout ? shorter : options.Timeout;
        director = new Director("etcd", new StaticNames(name.Nodes), new DirectorOptions
        {
            Time = time,
            Timeout = this.timeout,
            AttemptTimeout = options.NodeTimeout < this.timeout ? options.NodeTimeout : this.timeout,
        });
        var inner = options.Handler ?? NewHandler(options, time);
        var handler = new SmartHandler(director, new SmartHandlerOptions { Scheme = options.Tls is null ? "http" : "https" }, inner);
        sender = new HttpMessageInvoker(handler, disposeHandler: options.Handler is null);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Asks one question. Every question that this client asks may be repeated.</summary>
    /// <param name="path">The method's path, from <c>/v3</c> on.</param>
    /// <param name="question">JSON.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="EtcdException">It was not answered, or refused.</exception>
    public async Task<JsonDocument> AskAsync(string path, byte[] question, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(timeout, Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var response = await SendAsync(path, question, both.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
            return await JsonDocument.ParseAsync(new LimitedStream(body, MostBytes), Shallow, both.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && error is not EtcdException)
        {
            throw Unanswered(path, error, limit.IsCancellationRequested);
        }
    }

    /// <summary>Asks a question that is answered bit by bit, until the answer is disposed.</summary>
    /// <exception cref="EtcdException">It was not answered, or refused.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, byte[] question, CancellationToken cancel)
    {
        try
        {
            return await SendAsync(path, question, cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && error is not EtcdException)
        {
            throw Unanswered(path, error, late: false);
        }
    }

    async Task<HttpResponseMessage> SendAsync(string path, byte[] question, CancellationToken cancel)
    {
        for (var again = false; ; again = true)
        {
            if (options.User is not null && token is null) token = await LogInAsync(cancel).ConfigureAwait(false);
            var response = await PostAsync(path, question, token, cancel).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return response;
            var error = await RefusalAsync(path, response, cancel).ConfigureAwait(false);
            // Tokens are forgotten after some minutes, and when etcd is started anew.
            if (again || options.User is null || error.Code != Unauthenticated) throw error;
            token = null;
        }
    }

    async Task<string> LogInAsync(CancellationToken cancel)
    {
        const string Path = "/v3/auth/authenticate";
        var question = EtcdJson.Write(json =>
        {
            json.WriteString("name", options.User);
            json.WriteString("password", options.Password);
        });
        using var response = await PostAsync(Path, question, null, cancel).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) throw await RefusalAsync(Path, response, cancel).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        using var answer = await JsonDocument.ParseAsync(new LimitedStream(body, MostErrorBytes), Shallow, cancel).ConfigureAwait(false);
        return EtcdJson.Text(answer.RootElement, "token") is { Length: > 0 } given ? given
            : throw new EtcdException($"etcd gives the user '{options.User}' no token.");
    }

    async Task<HttpResponseMessage> PostAsync(string path, byte[] question, string? as_, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "service://etcd" + path) { Content = new ByteArrayContent(question) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (as_ is not null) request.Headers.TryAddWithoutValidation("Authorization", as_);
        return await sender.SendAsync(request.Allow(static allowed => allowed with { Repeatable = true }), cancel).ConfigureAwait(false);
    }

    async Task<EtcdException> RefusalAsync(string path, HttpResponseMessage response, CancellationToken cancel)
    {
        using (response)
        {
            var (said, code) = ("", 0);
            try
            {
                var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
                using var answer = await JsonDocument.ParseAsync(new LimitedStream(body, MostErrorBytes), Shallow, cancel).ConfigureAwait(false);
                (said, code) = (EtcdJson.Text(answer.RootElement, "message"), (int)EtcdJson.Long(answer.RootElement, "code"));
            }
            catch (Exception error) when (error is JsonException or FormatException or IOException or InvalidOperationException)
            {
                if (response.StatusCode == HttpStatusCode.NotFound) said = "is this etcd 3.4 or later, with its JSON gateway (--enable-grpc-gateway)?";
            }
            if (said.Contains("user name is empty", StringComparison.Ordinal)) said += ": set EtcdOptions.User and Password";
            return new EtcdException($"{name}: {path} is answered with HTTP {(int)response.StatusCode}{(said.Length > 0 ? ": " + said : "")}", null, code);
        }
    }

    EtcdException Unanswered(string path, Exception error, bool late) => error switch
    {
        _ when late => new EtcdException($"{name}: {path} is not answered within {timeout.TotalSeconds:0.#} s", error),
        JsonException => new EtcdException($"{name}: {path} is answered with what is not JSON", error),
        _ => new EtcdException($"{name}: {error.Message}", error),
    };

    static SocketsHttpHandler NewHandler(EtcdOptions options, TimeProvider time)
    {
        // Neither a proxy nor cookies nor redirections have any business between a client and its etcd.
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        if (options.Tls is { } tls) handler.SslOptions = tls;
        return PrimaryHandler.Prepare(handler, time);
    }

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        await director.DisposeAsync().ConfigureAwait(false);
    }
}
