using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using SmartClients.Naming;

namespace SmartClients.Discovery.Asking;

/// <summary>Finds the addresses of hosts, and remembers them for the time when only half of the question is answered.</summary>
/// <param name="ask">Asks DNS.</param>
/// <param name="askSystem">Asks the system's own resolver, where DNS knows no address; <see langword="null"/> where it is not to be asked.</param>
/// <param name="families">Which addresses are asked for.</param>
/// <param name="hasRoute">Whether this machine can reach an address at all.</param>
internal sealed class AddressBook(
    AskDns ask, Func<string, CancellationToken, Task<IPAddress[]>>? askSystem, DnsFamilies families, Func<IPAddress, bool> hasRoute)
{
    const int MostQuestions = 8;
    const int MostRemembered = 10_000;

    /// <summary>Where one family's question failed, the other's answer is not believed for longer than this.</summary>
    static readonly TimeSpan FailedPause = TimeSpan.FromSeconds(30);

    /// <summary>The system's resolver tells no time to live.</summary>
    static readonly TimeSpan SystemPause = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<(string Host, QueryType Type), ImmutableArray<IPAddress>> remembered = [];

    QueryType[] Types => families switch { DnsFamilies.IPv4 => [QueryType.A], DnsFamilies.IPv6 => [QueryType.AAAA], _ => [QueryType.A, QueryType.AAAA] };

    /// <summary>The addresses of a host. Where one family's question fails, those known of it before stand in.</summary>
    /// <exception cref="IOException">No question was answered, and nothing is remembered.</exception>
    public async Task<Addresses> FindAsync(string host, AddressRules rules, TimeProvider time, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(Types.Select(type => TryAskAsync(host, type, time, cancel))).ConfigureAwait(false);
        ImmutableArray<IPAddress> found = [.. answers.SelectMany(answer => answer.Found)];
        var pause = answers.Min(answer => answer.Pause);
        if (found.IsEmpty && askSystem is not null) (found, pause) = ([.. await SystemAsync(host, cancel).ConfigureAwait(false)], SystemPause);
        if (found.IsEmpty && Array.Find(answers, answer => answer.Error is not null).Error is { } error) throw error;
        return Sift(found, rules, pause);
    }

    /// <summary>Of these addresses, those that are allowed and that this machine has a route to.</summary>
    public Addresses Sift(IEnumerable<IPAddress> found, AddressRules rules, TimeSpan pause)
    {
        string? refused = null;
        List<IPAddress> allowed = [];
        foreach (var address in found.Where(IsAskedFor).Distinct().OrderBy(address => address.ToString(), StringComparer.Ordinal))
            if (rules.Refuses(address) is { } why) refused ??= why;
            else allowed.Add(address);
        if (allowed.DistinctBy(address => address.AddressFamily).Count() > 1 && allowed.FindAll(hasRoute.Invoke) is { Count: > 0 } reachable) allowed = reachable;
        return new Addresses([.. allowed], pause, refused);
    }

    async Task<(ImmutableArray<IPAddress> Found, TimeSpan Pause, IOException? Error)> TryAskAsync(string host, QueryType type, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            var (found, seconds) = await AskAsync(host, type, time, cancel).ConfigureAwait(false);
            if (found.IsEmpty) remembered.TryRemove((host, type), out _);
            else if (remembered.Count < MostRemembered || remembered.ContainsKey((host, type))) remembered[(host, type)] = found;
            return (found, TimeSpan.FromSeconds(seconds), null);
        }
        catch (IOException error)
        {
            return (remembered.GetValueOrDefault((host, type), []), FailedPause, error);
        }
    }

    async Task<(ImmutableArray<IPAddress>, int Seconds)> AskAsync(string host, QueryType type, TimeProvider time, CancellationToken cancel)
    {
        var seconds = int.MaxValue;
        var at = host;
        for (var questions = 0; questions < MostQuestions; questions++)
        {
            var chain = Chain<AddressRecord>.Of(at, (await ask(at, type, time, cancel).ConfigureAwait(false)).Records);
            seconds = Math.Min(seconds, chain.Seconds);
            if (!chain.Records.IsEmpty || chain.End == at) return ([.. chain.Records.Select(record => record.Address)], seconds);
            // An alias that the server did not follow.
            at = chain.End;
        }
        throw new IOException($"DNS: the aliases of {host} lead in a circle, or through more than {MostQuestions} servers' answers.");
    }

    bool IsAskedFor(IPAddress address) => Types.Contains(address.AddressFamily == AddressFamily.InterNetwork ? QueryType.A : QueryType.AAAA);

    async Task<IPAddress[]> SystemAsync(string host, CancellationToken cancel)
    {
        try
        {
            return Array.FindAll(await askSystem!(host, cancel).ConfigureAwait(false), IsAskedFor);
        }
        catch (SocketException)
        {
            // It knows none either, or says so for want of a better word.
            return [];
        }
    }
}
