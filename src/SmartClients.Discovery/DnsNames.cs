using System.Net;
using SmartClients.Discovery.Asking;
using SmartClients.Naming;

namespace SmartClients.Discovery;

/// <summary>The addresses of a host, as DNS tells them: <c>dns:host:port</c>. They are asked for anew when their time to live is over (at
/// least 1 second, at most 1 hour). A server that does not answer, a name that is gone for a while, and an empty answer never empty
/// the group. The host's name goes along as <see cref="Endpoint.Authority"/>, for the Host header and the TLS name.</summary>
public sealed class DnsNames : PolledNames
{
    readonly string host;
    readonly int port;
    readonly AddressBook book;
    readonly AddressRules rules;
    readonly TimeSpan limit;

    /// <summary>A host at a port.</summary>
    /// <param name="host">A host's name, in ASCII.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="options">How DNS is asked; the defaults when left out.</param>
    /// <param name="rules">Which addresses are believed; <see cref="AddressRules.Default"/> when left out.</param>
    /// <exception cref="ArgumentException">It is no host's name, or the port is out of range.</exception>
    public DnsNames(string host, int port, DnsOptions? options = null, AddressRules? rules = null)
        : this(new Endpoint(host, port), options ?? new DnsOptions(), rules, Questions.Book(options ?? new DnsOptions())) { }

    internal DnsNames(Endpoint of, DnsOptions options, AddressRules? rules, AddressBook book) : base(options.Random)
    {
        if (!of.Host.All(char.IsAscii)) throw new ArgumentException($"'{of.Host}' is not in ASCII: write the name in its xn-- form.");
        (host, port, this.book, this.rules, limit) = (of.Host.TrimEnd('.'), of.Port, book, rules ?? AddressRules.Default, options.Limit);
        if (IPAddress.TryParse(host, out _)) throw new ArgumentException($"'{host}' is an address, which DNS is not asked for: write list:{of}.");
    }

    /// <inheritdoc/>
    public override string Description => $"dns {host}:{port}";

    /// <inheritdoc/>
    protected override ValueTask<PolledSet> AskAsync(TimeProvider time, CancellationToken cancel) => Questions.LimitedAsync(Description, limit, time, async limited =>
    {
        var addresses = await book.FindAsync(host, rules, time, limited).ConfigureAwait(false);
        if (addresses.Refused is not null) CountIgnored("dns address");
        if (addresses.All.IsEmpty)
            throw new IOException(addresses.Refused is { } why ? $"DNS: {host} leads nowhere that is allowed: {why}." : $"DNS knows no address of {host}.");
        if (addresses.All.Length > MemberSet.Most) throw new IOException($"DNS: {host} has {addresses.All.Length:N0} addresses; the most is {MemberSet.Most:N0}.");
        var authority = Authorities.Of(host, port);
        return new PolledSet(
            new MemberSet([.. addresses.All.Select(address => new Endpoint(address.ToString(), port) { Authority = authority })], Description), addresses.Pause);
    }, cancel);
}
