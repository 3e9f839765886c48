using System.Collections.Immutable;
using System.Net;
using DnsClient;
using DnsClient.Protocol;
using SmartClients.Discovery.Asking;
using SmartClients.Naming;

namespace SmartClients.Discovery;

/// <summary>The targets of a service, as DNS tells them (RFC 2782): <c>srv:_service._tcp.host</c>, with port, priority and weight. Their
/// addresses are taken from the same answer where it holds them, and asked for otherwise. Each address is a member with its share of
/// the target's weight, called by the target's name (<see cref="Endpoint.Authority"/>). Asked anew when the shortest time to live is
/// over (at least 1 second, at most 1 hour); what fails never empties the group.</summary>
public sealed class SrvNames : PolledNames
{
    const int MostAtOnce = 16;
    const int MostTargets = 10_000;
    const int MostNameCharacters = 253;

    /// <summary>Where a target could not be asked for, the others are not believed for longer than this.</summary>
    static readonly TimeSpan PausePartly = TimeSpan.FromSeconds(10);

    readonly string name;
    readonly AskDns ask;
    readonly AddressBook book;
    readonly AddressRules rules;
    readonly TimeSpan limit;

    /// <summary>A service.</summary>
    /// <param name="name">Its whole name: <c>_service._tcp.host</c>. Search domains are not tried.</param>
    /// <param name="options">How DNS is asked; the defaults when left out.</param>
    /// <param name="rules">Which addresses are believed; <see cref="AddressRules.Default"/> when left out.</param>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    public SrvNames(string name, DnsOptions? options = null, AddressRules? rules = null)
        : this(name, options ?? new DnsOptions(), rules, new DnsServers(options ?? new DnsOptions()).AskAsync, Questions.Book(options ?? new DnsOptions())) { }

    internal SrvNames(string name, DnsOptions options, AddressRules? rules, AskDns ask, AddressBook book) : base(options.Random)
    {
        ArgumentNullException.ThrowIfNull(name);
        this.name = name.TrimEnd('.').ToLowerInvariant();
        if (this.name.Length is 0 or > MostNameCharacters || this.name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            || this.name.Split('.') is not [['_', _, ..], ['_', _, ..], _, ..] labels || labels.Any(label => label.Length is 0 or > 63))
            throw new ArgumentException($"'{name}' is not a service's name in DNS: write srv:_service._tcp.host.");
        (this.ask, this.book, this.rules, limit) = (ask, book, rules ?? AddressRules.Default, options.Limit);
    }

    /// <inheritdoc/>
    public override string Description => "srv " + name;

    /// <inheritdoc/>
    protected override ValueTask<PolledSet> AskAsync(TimeProvider time, CancellationToken cancel) =>
        Questions.LimitedAsync(Description, limit, time, limited => FindAsync(time, limited), cancel);

    async Task<PolledSet> FindAsync(TimeProvider time, CancellationToken cancel)
    {
        var answer = await ask(name, QueryType.SRV, time, cancel).ConfigureAwait(false);
        var chain = Chain<SrvRecord>.Of(name, answer.Records);
        var targets = chain.Records.Select(Targets.Name).Where(target => target.Length > 0).Distinct().ToArray();
        if (targets.Length == 0) throw new IOException($"DNS knows no target of {name}.");
        if (targets.Length > MostTargets) throw new IOException($"DNS: {name} has {targets.Length:N0} targets; the most is {MostTargets:N0}.");

        var addresses = new Dictionary<string, ImmutableArray<IPAddress>>();
        var pause = TimeSpan.FromSeconds(chain.Seconds);
        string? trouble = null;
        foreach (var some in targets.Chunk(MostAtOnce))
            foreach (var (target, found, error) in await Task.WhenAll(some.Select(target => TryFindAsync(target, answer, time, cancel))).ConfigureAwait(false))
            {
                if (found.Refused is not null) CountIgnored("dns address");
                trouble ??= error ?? found.Refused;
                if (found.Pause < pause) pause = found.Pause;
                if (!found.All.IsEmpty) addresses[target] = found.All;
            }
        var members = Targets.Members(chain.Records, addresses);
        if (members.IsEmpty) throw new IOException($"DNS: no target of {name} has an address: {trouble ?? "they are not known"}.");
        if (members.Length > MemberSet.Most) throw new IOException($"DNS: {name} has {members.Length:N0} members; the most is {MemberSet.Most:N0}.");
        return new PolledSet(new MemberSet(members, Description), pause);
    }

    async Task<(string Target, Addresses Found, string? Error)> TryFindAsync(string target, DnsAnswer answer, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            var added = Chain<AddressRecord>.Of(target, answer.Additional);
            var found = book.Sift(added.Records.Select(record => record.Address), rules, TimeSpan.FromSeconds(added.Seconds));
            if (found.All.IsEmpty) found = await book.FindAsync(target, rules, time, cancel).ConfigureAwait(false);
            return (target, found, null);
        }
        catch (IOException error)
        {
            return (target, new Addresses([], PausePartly, null), error.Message);
        }
    }
}
