using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Outcomes;

namespace SmartClients.Http.Directories;

/// <summary>
/// The directories that a program knows, reached through a director of their own: one that does not answer is found out, left alone,
/// and tried again. One object for each set of directories; safe for concurrent use.
/// </summary>
public sealed class DirectoryClient : IAsyncDisposable
{
    const int MostAnswerBytes = 1 << 20;
    const int MostSaidBytes = 64 << 10;
    const string ContentType = "application/jose+json";

    readonly DirectoryClientOptions options;
    readonly NameSource source;
    readonly Director director;
    readonly HttpMessageInvoker invoker;

    /// <summary>A client of some directories.</summary>
    /// <param name="directories">As <see cref="DirectoryAddresses.Parse"/> reads it.</param>
    /// <param name="options">Every knob; the defaults when left out.</param>
    /// <param name="names">Opens names of directories; <see cref="Names.Core"/> when left out.</param>
    /// <exception cref="FormatException">The directories cannot be read.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public DirectoryClient(string directories, DirectoryClientOptions? options = null, Names? names = null)
        : this(DirectoryAddresses.Parse(directories, names), options) { }

    /// <summary>A client of the directories that a source tells.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public DirectoryClient(NameSource directories, DirectoryClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(directories);
        (source, this.options) = (directories, options ?? new DirectoryClientOptions());
        director = new Director("directories", directories, this.options.ToDirectorOptions());
        invoker = this.options.Handler is { } given ? new HttpMessageInvoker(given, disposeHandler: false) : new HttpMessageInvoker(Own(this.options.Time));
    }

    /// <summary>What this is, for people: <c>directories 10.0.0.1:8600, 10.0.0.2:8600</c>.</summary>
    public string Description => director.IsReady
        ? "directories " + string.Join(", ", director.Members.Take(4).Select(member => member.Endpoint.Address)) + (director.Members.Length > 4 ? ", …" : "")
        : $"directories ({source.Description})";

    /// <summary>Asks one directory for what a few words lead to; another where that does not answer.</summary>
    /// <param name="words">A name, a title, or words.</param>
    /// <param name="limit">At most this many. 1 to 100.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">No directory answered; the message says of each why.</exception>
    public async Task<ImmutableArray<DirectoryListing>> SearchAsync(string words, int limit = 20, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 100);
        try
        {
            return await director.SendAsync(async ValueTask<ImmutableArray<DirectoryListing>> (directory, token) =>
            {
                var answer = await GetAsync(directory, $"/v1/services?q={Uri.EscapeDataString(words)}&limit={limit}", MostAnswerBytes, token).ConfigureAwait(false);
                return DirectoryAnswers.Results(answer ?? throw new RequestException("is no directory: it has no /v1/services"));
            }, RequestOptions.Hedged, cancel).ConfigureAwait(false);
        }
        catch (ServiceUnavailableException error)
        {
            throw Unanswered(error);
        }
    }

    /// <summary>Hands a certificate to every directory known.</summary>
    /// <param name="certificate">What to publish; nothing but the directories' own rules is checked.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What each said. It is published where at least one has stored it, and safe where two have.</returns>
    /// <exception cref="IOException">The directories' addresses cannot be learnt.</exception>
    public async Task<ImmutableArray<DirectoryReceipt>> PublishAsync(SignedCertificate certificate, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        try
        {
            await director.ReadyAsync(cancel).ConfigureAwait(false);
        }
        catch (ServiceUnavailableException error)
        {
            throw Unanswered(error);
        }
        return [.. await Task.WhenAll(director.Members.Select(member => HandAsync(member.Endpoint, certificate, cancel))).ConfigureAwait(false)];
    }

    /// <summary>Asks two different directories for a name's certificate at once. As <see cref="CertificateFinder.FindAsync"/>.</summary>
    internal async ValueTask<ImmutableArray<FoundCertificate>> FindAsync(string service, TimeProvider time, CancellationToken cancel)
    {
        var asked = new TwoAsked();
        var began = time.GetTimestamp();
        var first = AskAsync(0, service, asked, cancel);
        await Task.WhenAny(first, asked.Begun).ConfigureAwait(false);
        var second = AskAsync(1, service, asked, cancel);
        var one = await Task.WhenAny(first, second).ConfigureAwait(false);
        var other = one == first ? second : first;
        if (!one.IsCompletedSuccessfully || !IsOf(service, one.Result))
        {
            // Nothing yet: perhaps a directory that has lost its store, is down, or talks nonsense. The other decides.
            await ((Task)other).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            var took = time.GetElapsedTime(began);
            var patience = took > options.SecondOpinion ? took : options.SecondOpinion;
            if (!other.IsCompleted) await Task.WhenAny(other, Task.Delay(patience, time, cancel)).ConfigureAwait(false);
            // One that comes late still teaches the director how its directory is.
            if (!other.IsCompleted) _ = other.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        cancel.ThrowIfCancellationRequested();
        return Answers(first, second);
    }

    // Whether it is to be believed is for others to judge; what is not even a certificate of that name is no answer.
    static bool IsOf(string service, FoundCertificate? found)
    {
        try
        {
            return found is not null && SignedCertificate.Read(found.Document, found.Origin).Certificate.Name == service;
        }
        catch (CertificateException)
        {
            return false;
        }
    }

    static ImmutableArray<FoundCertificate> Answers(Task<FoundCertificate?> first, Task<FoundCertificate?> second)
    {
        if (first.IsFaulted && second.IsFaulted) throw Unanswered(Telling(first) ?? Telling(second)!, Telling(second));
        // Looked at, so that nobody reports them as forgotten.
        (_, _) = (first.Exception, second.Exception);
        return [.. new[] { first, second }.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result).OfType<FoundCertificate>()
            .DistinctBy(found => found.Origin)];
    }

    Task<FoundCertificate?> AskAsync(int question, string service, TwoAsked asked, CancellationToken cancel)
    {
        var allowed = RequestOptions.Hedged with { LeaveOut = directory => asked.IsOthers(question, directory) };
        return director.SendAsync(async ValueTask<FoundCertificate?> (directory, token) =>
        {
            asked.Note(question, directory);
            var document = await GetAsync(directory, "/v1/services/" + service, SignedCertificate.MostBytes, token).ConfigureAwait(false);
            return document is { } found ? new FoundCertificate(found, "directory " + directory.Address) : null;
        }, allowed, cancel).AsTask();
    }

    async Task<DirectoryReceipt> HandAsync(Endpoint directory, SignedCertificate certificate, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(options.Timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Put, DirectoryAddresses.At(directory, "/v1/services/" + certificate.Certificate.Name));
            message.Content = new ReadOnlyMemoryContent(certificate.Document) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType) } };
            var (status, body, _) = await LimitedBody.AskAsync(invoker, message, directory, MostSaidBytes, either.Token).ConfigureAwait(false);
            var stored = status is HttpStatusCode.OK or HttpStatusCode.Created;
            return new DirectoryReceipt(directory.Address, stored, (int)status, DirectoryAnswers.Said(body, (int)status));
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            var why = late.IsCancellationRequested ? $"no answer within {options.Timeout.TotalSeconds:0.###} s" : director.Judge(error).Reason ?? error.Message;
            return new DirectoryReceipt(directory.Address, false, null, why);
        }
    }

    async Task<ReadOnlyMemory<byte>?> GetAsync(Endpoint directory, string path, int most, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, DirectoryAddresses.At(directory, path));
        var (status, body, rest) = await LimitedBody.AskAsync(invoker, message, directory, most, cancel).ConfigureAwait(false);
        return status switch
        {
            HttpStatusCode.OK => body,
            // Without its type, it would be an empty answer.
            HttpStatusCode.NotFound => (ReadOnlyMemory<byte>?)null,
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests =>
                throw new RequestException($"answers HTTP {(int)status}", Delivery.Rejected) { RetryAfter = rest },
            _ => throw new RequestException($"answers HTTP {(int)status}: {DirectoryAnswers.Said(body, (int)status)}", Delivery.MayHaveExecuted),
        };
    }

    // Of two questions, one may have found nobody left to ask; the other tells more.
    static ServiceUnavailableException? Telling(Task task) =>
        task.Exception?.InnerException is ServiceUnavailableException error && (error.Attempts.Length > 0 || error.Reason != UnavailableReason.NoMembers) ? error : null;

    static IOException Unanswered(ServiceUnavailableException? error, ServiceUnavailableException? also = null)
    {
        var attempts = (error?.Attempts ?? []).Concat(also?.Attempts ?? []).DistinctBy(attempt => attempt.Endpoint).ToList();
        return new IOException(attempts.Count == 0 ? $"No directory could be asked. {error?.Message}".Trim()
            : "No directory answered: " + string.Join("; ", attempts.Select(attempt => attempt.ToString())), error);
    }

    static SocketsHttpHandler Own(TimeProvider time)
    {
        var handler = PrimaryHandler.New(time);
        handler.AllowAutoRedirect = false;
        return handler;
    }

    /// <summary>Ends the watch of the directories.</summary>
    public async ValueTask DisposeAsync()
    {
        await director.DisposeAsync().ConfigureAwait(false);
        invoker.Dispose();
    }
}
