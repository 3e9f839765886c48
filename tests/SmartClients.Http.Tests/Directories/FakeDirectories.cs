using System.Collections.Concurrent;
using System.Net;
using SmartClients.Http.Directories;
using SmartClients.Http.Tests.Support;

namespace SmartClients.Http.Tests.Directories;

/// <summary>Directories a, b, c… on a network of the test's own. Each answers 404 until told otherwise.</summary>
internal sealed class FakeDirectories
{
    readonly Dictionary<string, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> answers = [];

    public FakeDirectories(int count)
    {
        for (var i = 0; i < count; i++) this[((char)('a' + i)).ToString()] = (_, _) => Status(HttpStatusCode.NotFound);
    }

    /// <summary>Whom each message went to, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> this[string directory]
    {
        set => answers[directory] = value;
    }

    /// <summary>A client of all of them. Nothing but what a test sets ends a wait.</summary>
    public DirectoryClient Client(Func<DirectoryClientOptions, DirectoryClientOptions>? with = null)
    {
        var options = new DirectoryClientOptions
        {
            Timeout = TimeSpan.FromHours(2),
            AttemptTimeout = TimeSpan.FromHours(1),
            SecondOpinion = TimeSpan.FromHours(1),
            Handler = new FakeNetwork((request, cancel) =>
            {
                Asked.Enqueue(request.RequestUri!.Host);
                return answers[request.RequestUri.Host](request, cancel);
            }),
        };
        return new DirectoryClient(string.Join(',', answers.Keys.Select(host => $"http://{host}:8600")), with?.Invoke(options) ?? options);
    }

    public static Task<HttpResponseMessage> Status(HttpStatusCode status, string body = "") =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Has(string document) => (_, _) => Status(HttpStatusCode.OK, document);

    public static Task<HttpResponseMessage> Refused(HttpRequestMessage request, CancellationToken cancel) =>
        throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused));

    /// <summary>An answer that begins and does not end.</summary>
    public static Task<HttpResponseMessage> Drips(HttpRequestMessage request, CancellationToken cancel) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream(drips: true)) });
}
