using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.ServiceDiscovery;
using SmartClients.Naming;

namespace SmartClients.Discovery.Providers;

/// <summary>A service as any provider of Microsoft.Extensions.ServiceDiscovery knows it: <c>discovery:NAME</c>. The providers are asked
/// again when one of them says that something has changed; whatever they throw, and an empty answer, leaves the group as it was.</summary>
public sealed class DiscoveredNames : NameSource
{
    /// <summary>The resolver forgets a service that nobody asked for in ten seconds, and with it the word of any change.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    readonly ServiceEndpointResolver resolver;
    readonly string name;
    readonly int? defaultPort;
    readonly AddressRules rules;
    volatile TaskCompletionSource nudged = New();

    /// <summary>A service.</summary>
    /// <param name="resolver">The container's; not disposed.</param>
    /// <param name="name">What is looked for, as service discovery writes it: <c>http://quotes</c>, <c>https://_admin.quotes</c>. Without a scheme
    /// the configuration provider looks only at what it calls <c>default</c>.</param>
    /// <param name="defaultPort">For endpoints that name no port: those of http and https addresses have the scheme's.</param>
    /// <param name="rules">Which addresses are believed; <see cref="AddressRules.Default"/> when left out.</param>
    public DiscoveredNames(ServiceEndpointResolver resolver, string name, int? defaultPort = null, AddressRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!ServiceEndpointQuery.TryParse(name, out _)) throw new ArgumentException($"'{name}' is not a name that service discovery can look for: write discovery:quotes or discovery:_endpoint.quotes.");
        (this.resolver, this.name, this.defaultPort, this.rules) = (resolver, name, defaultPort, rules ?? AddressRules.Default);
    }

    /// <inheritdoc/>
    public override string Description => "discovery " + name;

    /// <inheritdoc/>
    public override AddressRules? Addresses => rules;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(time);
        while (true)
        {
            if (nudged.Task.IsCompleted) nudged = New();
            var found = await resolver.GetEndpointsAsync(name, cancel).ConfigureAwait(false);
            yield return Members(found);
            using (found.ChangeToken.RegisterChangeCallback(static changed => ((TaskCompletionSource)changed!).TrySetResult(), nudged))
                await nudged.Task.WaitAsync(Longest, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
            // Providers that change much at once need not be asked for each change.
            await Task.Delay(Breath, time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the providers again.</summary>
    /// <remarks>The resolver gives what it has until a provider says that something has changed: this only finds out sooner that one did.</remarks>
    public override void Nudge() => nudged.TrySetResult();

    MemberSet Members(ServiceEndpointSource found)
    {
        if (found.Endpoints.Count > MemberSet.Most) throw new IOException($"{Description} has {found.Endpoints.Count:N0} endpoints; the most is {MemberSet.Most:N0}.");
        var all = new MemberSet([.. found.Endpoints.Select(Member).DistinctBy(member => member.Address)], Description);
        var allowed = rules.Sift(all, out var refused);
        if (refused is not null) CountIgnored("discovered address");
        return allowed.Endpoints.IsEmpty
            ? throw new IOException(refused is null ? $"{Description} has no endpoint." : $"{Description} names nobody that is allowed: {refused}.") : allowed;
    }

    Endpoint Member(ServiceEndpoint found)
    {
        var (host, port) = found.EndPoint switch
        {
            IPEndPoint ip => (Plain(ip.Address).ToString(), ip.Port),
            DnsEndPoint dns => (dns.Host, dns.Port),
            UriEndPoint { Uri: { IsAbsoluteUri: true } uri } => (uri.IdnHost, uri.Port),
            var other => throw new IOException($"{Description} names '{other}', which has no host and port."),
        };
        if (port <= 0) port = defaultPort ?? throw new IOException($"{Description} names {host} without a port: give the endpoint one, or a default.");
        try
        {
            return new Endpoint(host, port) { Authority = found.Features.Get<IHostNameFeature>()?.HostName };
        }
        catch (ArgumentException error)
        {
            throw new IOException($"{Description}: {error.Message}", error);
        }
    }

    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
