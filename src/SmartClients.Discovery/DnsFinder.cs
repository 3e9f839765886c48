using System.Collections.Immutable;
using DnsClient;
using DnsClient.Protocol;
using SmartClients.Discovery.Asking;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Discovery;

/// <summary>Finds certificates that DNS names: the TXT record <c>_smart-service.NAME</c> says <c>v=smart1; certificate=https://host/quotes.jws;
/// key=THUMBPRINT</c>. Only services whose names have a dot in them are looked for. What DNS says is not signed: the key only ever
/// rules a certificate out. Safe for concurrent use.</summary>
public sealed class DnsFinder : CertificateFinder
{
    const int MostRecords = 4;

    readonly CertificateFinder web;
    readonly AskDns ask;
    readonly DnsOptions options;

    /// <summary>A finder.</summary>
    /// <param name="web">Gets what lies at an <c>https://</c> or <c>http://</c> name, such as a <c>WebFinder</c>.</param>
    /// <param name="options">How DNS is asked; the defaults when left out.</param>
    public DnsFinder(CertificateFinder web, DnsOptions? options = null)
        : this(web, options ?? new DnsOptions(), new DnsServers(options ?? new DnsOptions()).AskAsync) { }

    internal DnsFinder(CertificateFinder web, DnsOptions options, AskDns ask)
    {
        ArgumentNullException.ThrowIfNull(web);
        (this.web, this.options, this.ask) = (web, options, ask);
    }

    /// <inheritdoc/>
    public override string Description => "DNS";

    /// <inheritdoc/>
    public override async ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(time);
        if (name.Form != "service" || !name.Value.Contains('.', StringComparison.Ordinal)) return [];
        var at = "_smart-service." + name.Value;
        var answer = await Questions.LimitedAsync("TXT " + at, options.Limit, time, limited => ask(at, QueryType.TXT, time, limited), cancel).ConfigureAwait(false);
        List<FoundCertificate> found = [];
        Exception? trouble = null;
        var ours = 0;
        foreach (var record in Chain<TxtRecord>.Of(at, answer.Records).Records)
            try
            {
                if (CertificateText.Parse(string.Concat(record.Text), at) is not { } said) continue;
                if (++ours > MostRecords) break;
                foreach (var document in await web.FindAsync(said.Address, time, cancel).ConfigureAwait(false))
                {
                    var named = document with { Origin = $"DNS {at}, {document.Origin}" };
                    if (said.Key is { } key) CheckKey(named, ServiceName.OfService(name.Value, key), time);
                    found.Add(named);
                }
            }
            catch (Exception error) when (error is IOException or FormatException)
            {
                trouble ??= error;
            }
        return found.Count > 0 || trouble is null ? [.. found] : throw new IOException(trouble.Message, trouble);
    }

    // All other faults are for whoever asked, who knows what was believed before.
    static void CheckKey(FoundCertificate found, ServiceName pinned, TimeProvider time)
    {
        try
        {
            Trust.Check(SignedCertificate.Read(found.Document, found.Origin), pinned, null, time.GetUtcNow());
        }
        catch (CertificateException error) when (error.Fault != CertificateFault.WrongKey)
        {
        }
    }
}
