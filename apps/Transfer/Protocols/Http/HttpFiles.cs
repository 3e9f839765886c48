using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Http;

/// <summary>Files by HTTP and HTTPS, in parts. One handler keeps connections to every endpoint.</summary>
internal sealed class HttpFiles : FileProtocol
{
    const int MostHeaderKilobytes = 64;

    readonly ProtocolOptions options;
    readonly HttpMessageInvoker invoker;

    public HttpFiles(ProtocolOptions options)
    {
        this.options = options;
        // Redirections are followed here, by rules of our own; what the whole reply takes is nobody's business but the reader's.
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = options.ConnectLimit,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            PooledConnectionIdleTimeout = options.IdleLimit,
            SslOptions = Tls.For(options),
            UseCookies = false,
            UseProxy = false,
        });
    }

    public override async ValueTask<RemoteFile> OpenAsync(FileAddress at, FilePart part, CancellationToken cancel)
    {
        var response = await AskAsync(HttpMethod.Get, at, part, cancel).ConfigureAwait(false);
        try
        {
            var reply = HttpReply.Of(response, at, part);
            var body = reply.IsEmpty ? Stream.Null : await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            return new RemoteFile(reply.Facts, reply.Start, reply.Honoured, new HttpPart(body, response, reply.Promised, options));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public override async ValueTask<FileFacts> LookAsync(FileAddress at, CancellationToken cancel)
    {
        using var response = await AskAsync(HttpMethod.Head, at, FilePart.Whole, cancel).ConfigureAwait(false);
        if (response.StatusCode is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)) return HttpReply.Of(response, at, FilePart.Whole).Facts;
        await using var file = await OpenAsync(at, new FilePart(0, 1), cancel).ConfigureAwait(false);
        return file.Facts;
    }

    public override async ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileAddress at, CancellationToken cancel)
    {
        await using var page = await OpenAsync(at, FilePart.Whole, cancel).ConfigureAwait(false);
        if (page.Facts.ContentType != "text/html") throw new FileException(FileProblem.Unsupported, "it is no page that lists a folder");
        var text = await LimitedText.ReadAsync(page.Content, cancel).ConfigureAwait(false);
        return IndexPage.Entries(text, page.Facts.RedirectedTo ?? Address(at));
    }

    async ValueTask<HttpResponseMessage> AskAsync(HttpMethod method, FileAddress at, FilePart part, CancellationToken cancel)
    {
        var first = Address(at);
        var (uri, hops) = (first, 0);
        while (true)
        {
            var response = await SendAsync(Request(method, at, part, uri, first), cancel).ConfigureAwait(false);
            if (Redirection.Of(response, uri, ref hops) is not { } next) return response;
            response.Dispose();
            uri = next;
        }
    }

    HttpRequestMessage Request(HttpMethod method, FileAddress at, FilePart part, Uri uri, Uri first)
    {
        var request = new HttpRequestMessage(method, uri);
        var headers = request.Headers;
        headers.UserAgent.Add(new ProductInfoHeaderValue("smart", "0"));
        headers.TryAddWithoutValidation("Accept", "*/*");
        headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (!part.IsWhole)
        {
            var last = part.Offset + part.Length - 1;
            headers.TryAddWithoutValidation("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={part.Offset}-{last}"));
            if (part.Version is { } version) headers.TryAddWithoutValidation("If-Range", version);
        }
        // Neither the endpoint's other name nor its password is for those it redirects to.
        if (uri.Scheme != first.Scheme || uri.Authority != first.Authority) return request;
        if (at.Endpoint.Authority is { } authority) headers.Host = authority;
        if (Netrc.Find(options.Netrc, at.Endpoint.Host, at.Login) is { } login)
            headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")));
        return request;
    }

    async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await Limits.RunAsync(options.Time, options.ReplyLimit, FileProblem.TimedOut, "no reply",
                async token => await invoker.SendAsync(request, token).ConfigureAwait(false), cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            throw HttpFailure.Of(error);
        }
        finally
        {
            request.Dispose();
        }
    }

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel).ConfigureAwait(false);
            return new GatheringStream(socket, options.Time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static Uri Address(FileAddress at) => new($"{at.Scheme}://{at.Endpoint.Address}{at.Path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public override ValueTask DisposeAsync()
    {
        invoker.Dispose();
        return default;
    }
}
